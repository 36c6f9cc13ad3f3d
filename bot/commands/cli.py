"""The command `florist`.

Each command imports what it needs when it runs, so that help starts fast; for `run` see `_loading`.
"""

from __future__ import annotations

import asyncio
import gc
import inspect
import logging
import os
import signal
import sys
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, NoReturn

import structlog
import typer
from rich.console import Console

from bot.runtime.log import configure_logging
from storage.db.errors import DatabaseDamaged, DatabaseLost, DatabaseOfOtherVersion, StorageError

if TYPE_CHECKING:
    from bot.commands import backup
    from bot.config.settings import CopySettings, Settings, SettingsProblem

STOP_AGAIN = 6.0
"""Seconds after which a task that has not stopped is cancelled again."""

LONGEST_STOP = 8.0
"""Seconds after which a process that is still stopping kills itself."""

LOADING_THRESHOLD = 50_000
"""Garbage collector threshold while modules are imported; Python's default is 700."""

WRONG_SETTINGS = 2
"""Exit code for settings that cannot be used."""

COPY_HELP = "The file of the copy; without it that of BACKUP_PATH."

app = typer.Typer(
    name="florist", help="The flower shop's order assistant in Telegram.", no_args_is_help=True,
    pretty_exceptions_enable=False,
)  # fmt: skip
backup_app = typer.Typer(
    help="The backup copy of the orders; works with the bot stopped.", no_args_is_help=True
)
app.add_typer(backup_app, name="backup")

log = structlog.get_logger(__name__)

err = Console(stderr=True, soft_wrap=True, highlight=False)


@app.command()
def run() -> None:
    """Run the bot: polling, or webhook when WEBHOOK_URL is set."""
    with _loading():
        import uvloop

        from bot.commands.database_check import MEND_DATABASE, MEND_LOST
        from bot.config.settings import SettingsProblem
        from bot.runtime.run import run as run_bot

    settings = _settings()
    configure_logging(settings.log_level)
    try:
        uvloop.run(_until_stopped(run_bot(settings)))
    except SettingsProblem as problem:
        _stop_for(problem)
    except DatabaseDamaged as error:
        err.print(f"The database is damaged ({error}): {MEND_DATABASE}", markup=False)
        raise typer.Exit(1) from error
    except DatabaseLost as error:
        err.print(f"The bot does not start: {error}; {MEND_LOST}", markup=False)
        raise typer.Exit(1) from error
    except DatabaseOfOtherVersion as error:
        err.print(f"The bot does not start: {error}.", markup=False)
        raise typer.Exit(1) from error
    except (OSError, StorageError) as error:
        err.print(f"The bot could not start: {error}", markup=False)
        err.print("florist doctor says what is wrong and how to mend it.", markup=False)
        raise typer.Exit(1) from error
    except KeyboardInterrupt:
        return


@app.command()
def demo(
    port: Annotated[int, typer.Option(help="Where the page is shown.")] = 8080,
    accept_minutes: Annotated[float, typer.Option(help="How soon an order must be accepted.")] = 2,
    lang: Annotated[Literal["ru", "en"], typer.Option(help="The page can change it.")] = "ru",
) -> None:
    """Try everything with no token and no internet: a local Telegram, a local marketplace, the real bot."""
    from bot.commands.demo import DemoFailed, run_demo

    try:
        asyncio.run(_until_stopped(run_demo(port, accept_minutes, lang)))
    except DemoFailed as failure:
        err.print(str(failure), markup=False)
        raise typer.Exit(1) from failure
    except KeyboardInterrupt:
        return


@app.command()
def doctor(
    send: Annotated[
        bool,
        typer.Option(
            "--send",
            help="Also try Telegram's newer features by silent messages that are deleted at once.",
        ),
    ] = False,
) -> None:
    """Check settings, database, disk, Telegram and marketplace, and say how to mend what is wrong."""
    from bot.commands.doctor import examine

    settings = _settings()
    configure_logging("error")
    findings = asyncio.run(examine(settings, send=send))
    console = Console(soft_wrap=True, highlight=False)
    for finding in findings:
        console.print(
            f"{'ok  ' if finding.is_well else 'BAD '} {finding.what}: {finding.words}", markup=False
        )
    if not all(finding.is_well for finding in findings):
        raise typer.Exit(1)


@app.command()
def settings() -> None:
    """Print all settings with what they mean: save it as .env and fill it in."""
    from bot.config.settings import explained

    sys.stdout.write(explained())


@app.command()
def texts(
    part: Annotated[str, typer.Argument(help="A part of the texts' names, such as ready-text.")] = "",
    language: Annotated[str, typer.Option(help="ru or en.")] = "ru",
) -> None:
    """Print the texts that a shop may word anew: copy them into TEXTS_PATH/ru.ftl and change the words."""
    from messages.i18n.own_texts import sources
    from messages.i18n.texts import LANGUAGES

    if language not in LANGUAGES:
        err.print(f"There are texts in {' and '.join(LANGUAGES)} only.", markup=False)
        raise typer.Exit(1)
    found = sources(part, language)
    if not found:
        err.print(
            f"No text has {part} in its name. Without a word behind it, florist texts prints all.",
            markup=False,
        )
        raise typer.Exit(1)
    sys.stdout.write(found)


@app.command()
def migrate() -> None:
    """Bring the database up to date; `florist run` does so by itself."""
    from storage.db.database import Database

    async def bring_up_to_date(settings: Settings) -> None:
        database = Database(settings.database_url)
        try:
            await database.migrate()
        finally:
            await database.close()

    settings = _settings()
    try:
        asyncio.run(bring_up_to_date(settings))
    except StorageError as error:
        err.print(str(error), markup=False)
        raise typer.Exit(1) from error
    err.print("The database is up to date.")


@app.command()
def disconnect(
    phone: Annotated[str, typer.Argument(help="The phone of somebody on the staff list.")],
) -> None:
    """Untie a lost Telegram account: the next contact with this phone connects. For a lone director."""
    from bot.commands.disconnect import disconnect as untie

    _finish(untie(_settings(), phone))


@app.command()
def rehearse(  # noqa: PLR0913 - one for each option
    *,
    times: Annotated[float, typer.Option(min=0.1, max=100, help="So many times the orders of the day.")] = 1,
    minutes: Annotated[
        float | None,
        typer.Option(min=1, help="Only the busiest so many minutes of it; without: the whole day."),
    ] = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same result.")] = 1,
    built_in: Annotated[
        bool, typer.Option("--built-in", help="The built-in 8 March, not the shop's own busiest day.")
    ] = False,
    copy: Annotated[
        Path | None, typer.Option(help="Read the shop from this backup copy, not the database.")
    ] = None,
    shop: Annotated[str | None, typer.Option(help="The shop's name; without it the first one.")] = None,
    accept: Annotated[float, typer.Option(min=1, help="Seconds to accept an order.")] = 45,
    assemble: Annotated[float, typer.Option(min=1, help="Seconds to assemble one.")] = 720,
    photo: Annotated[float, typer.Option(min=1, help="Seconds to photograph one.")] = 60,
    deliver: Annotated[float, typer.Option(min=1, help="Seconds to the first address of a trip.")] = 1500,
    carry: Annotated[int, typer.Option(min=1, help="Orders of one trip at most.")] = 3,
    picture: Annotated[
        Path, typer.Option(help="The PNG that is written; one that is there is replaced.")
    ] = Path("rehearsal.png"),
    lang: Annotated[
        Literal["ru", "en"] | None, typer.Option(help="Language of the picture; without it the shop's.")
    ] = None,
) -> None:
    """Play a busy day with the shop's people and rules: what would be late, and what would break first."""
    from bot.commands.rehearse import Plan
    from bot.commands.rehearse import rehearse as play
    from bot.rehearsal.company import Speeds

    speeds = Speeds(accept, assemble, photo, deliver, carry=carry)
    plan = Plan(times, minutes, seed, built_in, copy, shop, speeds, picture, lang)
    configure_logging("error")
    _finish(play(_copy_settings(), plan, err))


@backup_app.command("show")
def backup_show(
    number: Annotated[str, typer.Argument(help="The order's number.")],
    copy: Annotated[Path | None, typer.Option(help=COPY_HELP)] = None,
) -> None:
    """Print the newest copy of an order; needs nothing but the copy."""
    from bot.commands import backup

    _finish(backup.show(copy or _copy_settings().backup_path, number))


@backup_app.command("pack")
def backup_pack(
    file: Annotated[Path, typer.Argument(help="The PDF that is written; one that is there is replaced.")],
    copy: Annotated[Path | None, typer.Option(help=COPY_HELP)] = None,
) -> None:
    """Write the pack for the day as a PDF: today's and tomorrow's orders; needs nothing but the copy."""
    from bot.commands import backup_pack as packing

    configure_logging("error")
    _finish(packing.write_pack(copy or _copy_settings().backup_path, file))


@backup_app.command("verify")
def backup_verify(copy: Annotated[Path | None, typer.Option(help=COPY_HELP)] = None) -> None:
    """Compare the copy with the database; exit code 1 when they differ.

    Without a database the copy is checked in itself.
    """
    from bot.commands import backup

    settings = _copy_settings()
    _finish(backup.verify(settings if copy is None else settings.model_copy(update={"backup_path": copy})))


@backup_app.command("restore")
def backup_restore() -> None:
    """Rebuild an empty database from the copy: stop the bot first, start it afterwards."""
    from bot.commands import backup

    _finish(backup.restore(_settings(), err))


def main() -> None:
    """The entry point of the command. Files that it writes are readable by its own user only."""
    os.umask(0o077)
    app()


@contextmanager
def _loading() -> Iterator[None]:
    """Import with few garbage collections, then freeze what was imported: it is never freed.

    Switching the collector off would gain little more and would freeze the garbage of the imports too.
    """
    usual = gc.get_threshold()
    gc.set_threshold(LOADING_THRESHOLD, *usual[1:])
    yield
    gc.freeze()
    gc.set_threshold(*usual)


def _finish(work: Coroutine[Any, Any, backup.Answer]) -> None:
    answer = asyncio.run(work)
    sys.stdout.write(answer.words.rstrip("\n") + "\n")
    raise typer.Exit(0 if answer.is_well else 1)


def _settings() -> Settings:
    from bot.config.settings import SettingsProblem, load_settings
    from bot.config.zone_data import use_newest_zones

    use_newest_zones()
    logging.getLogger("dotenv").setLevel(logging.ERROR)  # a bad line of `.env` is a problem in our own words
    try:
        return load_settings()
    except SettingsProblem as problem:
        _stop_for(problem)


def _copy_settings() -> CopySettings:
    from bot.config.settings import SettingsProblem, load_copy_settings

    logging.getLogger("dotenv").setLevel(logging.ERROR)
    try:
        return load_copy_settings()
    except SettingsProblem as problem:
        _stop_for(problem)


def _stop_for(problem: SettingsProblem) -> NoReturn:
    for line in problem.problems:
        err.print(line, markup=False)
    err.print("All settings are explained in .env.example; florist settings prints it.", markup=False)
    raise typer.Exit(WRONG_SETTINGS)


def _say_what_hangs() -> None:
    """Log where each task that blocks the stop is waiting: file and line only, no data of the shop."""
    for task in asyncio.all_tasks():
        log.warning("stop_waits_for", task=task.get_name(), places=list(_places(task.get_coro())))


def _places(awaited: object) -> Iterator[str]:
    """File and line of a coroutine and of each coroutine awaited inside it, outermost first."""
    while inspect.iscoroutine(awaited) and awaited.cr_frame is not None:
        code = awaited.cr_frame.f_code
        yield f"{Path(code.co_filename).name}:{awaited.cr_frame.f_lineno}"
        awaited = awaited.cr_await


async def _until_stopped(work: Coroutine[Any, Any, None]) -> None:
    """Run until done or stopped by SIGTERM or SIGINT, which end it without an error.

    A task can lose a cancellation in a race, so it is cancelled again every STOP_AGAIN seconds. After
    LONGEST_STOP the process kills itself: a kill at any time loses no data (X3).
    """
    task = asyncio.ensure_future(work)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({task, stopping}, return_when=asyncio.FIRST_COMPLETED)
    if not task.done():
        last_word = threading.Timer(LONGEST_STOP, os.kill, (os.getpid(), signal.SIGKILL))
        last_word.daemon = True
        last_word.start()
    while not task.done():
        task.cancel()
        await asyncio.wait({task}, timeout=STOP_AGAIN)
        if not task.done():
            _say_what_hangs()
    stopping.cancel()
    if not task.cancelled():
        task.result()
