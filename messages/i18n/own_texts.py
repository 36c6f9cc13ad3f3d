"""A shop's own wording (R78): `ru.ftl` and `en.ftl` in one folder replace texts of the same name.

All are validated before any is used: otherwise a client would be the first to meet a broken text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path

from fluent.runtime import FluentResource
from fluent.syntax import FluentSerializer, ast
from fluent.syntax.visitor import Visitor

from messages.i18n.texts import FOLDER, LANGUAGES, text_sources

FIXED = ("button-", "command-")
"""Texts that cannot be replaced: keyboards already shown in chats must keep working."""


class OwnTextsWrong(Exception):  # noqa: N818 - describes a fault of a file, not of the program
    """Own texts that cannot be used; each problem is one line with file, place and what to do."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def read_own_texts(folder: Path) -> dict[str, ast.Resource]:
    """Returns the own texts by language, if their file exists. Raises OwnTextsWrong with all problems."""
    resources: dict[str, ast.Resource] = {}
    problems = [] if folder.is_dir() else [f"{folder} is no folder"]
    problems += _strangers(folder)
    for language in LANGUAGES:
        path = folder / f"{language}.ftl"
        if not path.exists():
            continue
        try:
            source = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            problems.append(f"{path.name} is not UTF-8; save it in this encoding")
            continue
        except OSError as error:
            problems.append(f"{path.name} cannot be read: {error.strerror}")
            continue
        resources[language] = FluentResource(source)
        problems += [f"{path.name} {line}" for line in _problems(resources[language], source, language)]
    if problems:
        raise OwnTextsWrong(problems)
    return resources


def sources(part: str, language: str) -> str:
    """Our texts whose name contains `part`, as in their files: to copy and reword."""
    found = [entry for entry in _ours(language) if part in entry.id.name and _may_change(entry)]
    written = FluentSerializer()
    return "".join(written.serialize_entry(entry) for entry in found)


def _strangers(folder: Path) -> list[str]:
    known = {f"{language}.ftl" for language in LANGUAGES}
    names = sorted(path.name for path in folder.glob("*.ftl") if path.name not in known)
    return [f"{name} is not read; the files are {' and '.join(sorted(known))}" for name in names]


def _problems(resource: ast.Resource, source: str, language: str) -> Iterator[str]:
    ours = text_sources(language)
    seen: set[str] = set()
    for entry in resource.body:
        if isinstance(entry, ast.BaseComment):
            continue
        line = source.count("\n", 0, entry.span.start) + 1 if entry.span else 1
        if not isinstance(entry, ast.Message):
            yield f"line {line} cannot be read. Example: ready-text-delivered = Delivered, thank you!"
        elif entry.id.name in seen:
            yield f"line {line}: {entry.id.name} stands twice"
        else:
            seen.add(entry.id.name)
            yield from (f"line {line}: {problem}" for problem in _problems_of(entry, ours))


def _problems_of(entry: ast.Message, ours: Mapping[str, str]) -> Iterator[str]:
    name = entry.id.name
    known = ours.get(name)
    if known is None:
        near = get_close_matches(name, ours, n=1)
        yield f"there is no text {name}" + (f"; did you mean {near[0]}?" if near else "")
    elif not _may_change(entry):
        yield f"{name} is the label of a button or a command, which stays"
    elif entry.value is None or entry.attributes:
        yield f"{name} needs words behind its ="
    else:
        allowed, used = _Used.of(FluentResource(known)), _Used.of(entry)
        if used.others:
            yield f"{name} may hold words and {{ $names }} only, not {', '.join(sorted(used.others))}"
        strange = sorted(used.variables - allowed.variables)
        for variable in strange:
            told = ", ".join(f"${one}" for one in sorted(allowed.variables)) or "nothing"
            yield f"{name} is not told ${variable}; it is told {told}"


def _may_change(entry: ast.Message) -> bool:
    return not str(entry.id.name).startswith(FIXED)


class _Used(Visitor):
    """What a text refers to: its arguments, and other texts or functions, which own texts must not use."""

    def __init__(self) -> None:
        self.variables: set[str] = set()
        self.others: set[str] = set()

    @classmethod
    def of(cls, text: ast.BaseNode) -> _Used:
        used = cls()
        used.visit(text)
        return used

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802 - the library's name
        self.variables.add(node.id.name)

    def visit_MessageReference(self, node: ast.MessageReference) -> None:  # noqa: N802 - the library's name
        self.others.add(node.id.name)

    def visit_TermReference(self, node: ast.TermReference) -> None:  # noqa: N802 - the library's name
        self.others.add(f"-{node.id.name}")

    def visit_FunctionReference(self, node: ast.FunctionReference) -> None:  # noqa: N802 - the library's name
        self.others.add(f"{node.id.name}()")


def _ours(language: str) -> Iterator[ast.Message]:
    """All our messages, each with its comment."""
    for path in sorted((FOLDER / language).glob("*.ftl")):
        for entry in FluentResource(path.read_text(encoding="utf-8")).body:
            if isinstance(entry, ast.Message):
                yield entry
