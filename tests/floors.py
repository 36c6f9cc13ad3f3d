"""Rules about imports between folders and sizes of files, checked on the source.

Floors are the top-level folders, wings the folders inside a floor. `FLOORS` and `WINGS` list the allowed
imports.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

FLOORS: dict[str, frozenset[str]] = {
    "orders": frozenset(),
    "storage": frozenset({"orders"}),
    "messages": frozenset({"orders"}),
    "services": frozenset({"orders", "storage", "messages"}),
    "flowwow": frozenset({"orders", "storage", "messages", "services"}),
    "handlers": frozenset({"orders", "storage", "messages", "services"}),
    "bot": frozenset({"orders", "storage", "messages", "services", "flowwow", "handlers"}),
    "sandbox": frozenset(),
}
"""Each floor, and the lower floors that it may import."""

WINGS: dict[str, dict[str, str]] = {
    "orders": {
        "model": "",
        "access": "model delivery",
        "parsing": "model",
        "photo": "model",
        "delivery": "model",
        "client": "model access delivery",
        "team": "model access",
        "intake": "model parsing",
        "goods": "model access parsing",
        "shop": "model parsing",
        "money": "model parsing client",
        "schedule": "model access delivery photo",
        "route": "model",
        "order": "model access schedule",
        "load": "model access goods shop schedule",
        "steps": "model access parsing delivery photo client intake money schedule order",
        "support": "model access parsing delivery client schedule",
        "bell": "model access client schedule route order steps",
        "report": "model access schedule money support",
        "rehearsal": "model report",
    },
    "storage": {
        "db": "",
        "updates": "db",
        "sending": "db team",
        "backup": "db bell delivery",
        "photo": "db",
        "client": "db",
        "intake": "db",
        "goods": "db",
        "money": "db",
        "team": "db",
        "order": "db sending",
        "delivery": "db order",
        "shop": "db team delivery",
        "support": "db",
        "load": "db",
        "bell": "db",
    },
    "messages": {
        "i18n": "",
        "callbacks": "",
        "ui": "i18n callbacks",
        "delivery": "i18n callbacks ui",
        "photo": "i18n callbacks ui",
        "intake": "i18n callbacks ui",
        "money": "i18n callbacks ui",
        "client": "i18n callbacks ui delivery",
        "support": "i18n callbacks ui delivery client",
        "order": "i18n callbacks ui support delivery photo intake money client",
        "card": "i18n callbacks ui delivery client money order",
        "load": "i18n callbacks ui client order shop report",
        "bell": "i18n callbacks ui delivery order load",
        "team": "i18n callbacks ui order",
        "shop": "i18n callbacks ui order client money",
        "goods": "i18n callbacks ui order shop",
        "report": "i18n callbacks ui",
    },
    "services": {
        "phones": "",
        "db": "",
        "health": "",
        "files": "",
        "money": "",
        "goods": "",
        "sending": "db health order",
        "order": "health phones",
        "intake": "order",
        "backup": "health order",
        "photo": "health files order",
        "team": "health sending order",
        "notes": "files order",
        "support": "order",
        "fallback": "health files sending",
        "pack": "health files sending",
        "first_day": "health sending order",
        "report": "files health",
        "client": "files sending order photo",
        "shop": "health sending order goods team support fallback delivery load",
        "load": "health order",
        "bell": "health sending order load",
        "delivery": "health order",
    },
    "flowwow": {
        "api": "",
        "goods": "api",
        "order": "api",
    },
    "handlers": {
        "frame": "",
        "delivery": "frame",
        "photo": "frame",
        "goods": "frame",
        "client": "frame",
        "order": "frame client",
        "intake": "frame photo client order",
        "shop": "frame goods order",
        "team": "frame intake",
        "support": "frame photo shop",
        "load": "frame goods order shop",
        "bell": "frame",
        "report": "frame",
        "open_dialogues": "frame client goods intake",
        "routers": "frame delivery photo goods client order intake shop team support load bell report "
        "open_dialogues",
    },
    "bot": {
        "config": "",
        "updates": "config",
        "runtime": "config updates",
        "rehearsal": "runtime",
        "commands": "config updates runtime rehearsal",
        "__main__": "commands",
    },
}
"""Each wing, and the wings of the same floor that it may import. A module directly in the floor's folder
counts as a wing. The table has no cycles."""

STARTS_THE_SANDBOX = frozenset({"bot.commands.cli", "bot.commands.demo"})
"""The modules that may import the sandbox, to start the demo."""

PURE = frozenset(
    {
        "html",
        "__future__",
        "abc",
        "bisect",
        "collections",
        "dataclasses",
        "datetime",
        "decimal",
        "difflib",
        "enum",
        "fractions",
        "functools",
        "itertools",
        "math",
        "operator",
        "re",
        "string",
        "typing",
        "unicodedata",
        "zoneinfo",
    }
)
"""The modules that `orders` may import: none reads clock, files or network."""

IMPURE_METHODS = frozenset({"now", "utcnow", "today"})
IMPURE_FUNCTIONS = frozenset({"open", "print", "input", "eval", "exec", "__import__"})

LONGEST_FILE = 400
LONGEST_TABLE = 500
TABLES = frozenset({"storage/db/tables.py", "orders/model/order.py"})
"""Files that are a single list, which may be longer, since splitting would not help readers."""
LONGEST_FUNCTION = 50
LISTS = frozenset({"wire_services"})
"""Functions that only fill in one list of names, which may be longer."""
MOST_MODULES = 15
"""The maximum number of modules per folder."""
UNDIVIDED = ("storage/db/migrations/versions", "sandbox", "benchmarks", "tests/sandbox")
"""Folders without wings, which may have more modules."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


def violations(path: PurePosixPath, source: str) -> list[str]:
    """The rules that the file breaks; `path` is relative to the project's root."""
    tree = ast.parse(source)
    module = ".".join(path.with_suffix("").parts).removesuffix(".__init__")
    room = path.parts[0]
    names = list(_imports(tree, path))
    found = [f"imports {name}" for name in names if not _may_import(module, room, name)]
    found += [f"imports {name} from another wing" for name in names if not _may_cross(path, name)]
    if room == "orders":
        found += _impurities(tree)
    if room == "handlers":
        found += _ways_to_the_database(tree)
    longest = LONGEST_TABLE if str(path) in TABLES else LONGEST_FILE
    return [f"{path}: {what}" for what in [*found, *_sizes(tree, source, longest)]]


def _may_import(module: str, room: str, name: str) -> bool:
    target = name.partition(".")[0]
    if target == room:
        return True
    if target == "sandbox":
        return ".".join(module.split(".")[:3]) in STARTS_THE_SANDBOX
    if target in {"tests", "benchmarks"}:
        return False
    if target in FLOORS:
        return target in FLOORS[room]
    return room != "orders" or target in PURE


def _may_cross(path: PurePosixPath, name: str) -> bool:
    """Whether a file may import this module, by the wings of its floor."""
    floor, *inside = path.with_suffix("").parts
    wings = WINGS.get(floor)
    parts = name.split(".")
    if wings is None or parts[0] != floor or len(parts) == 1 or inside == ["__init__"]:
        return True
    wing = inside[0]
    return parts[1] == wing or parts[1] in wings.get(wing, "").split()


def circle(wings: dict[str, str]) -> list[str]:
    """The wings in or above an import cycle; empty if there is none."""
    left = {wing: set(others.split()) for wing, others in wings.items()}
    while free := [wing for wing, others in left.items() if not others & left.keys()]:
        for wing in free:
            del left[wing]
    return sorted(left)


def wings_of(floor: str, paths: Iterable[PurePosixPath]) -> set[str]:
    """The existing wings of a floor: its folders with modules, and its direct modules."""
    inside = [path.relative_to(floor).with_suffix("").parts for path in paths if path.parts[0] == floor]
    return {parts[0] for parts in inside if parts != ("__init__",)}


def crowded(paths: Iterable[PurePosixPath]) -> dict[str, int]:
    """Folders with more than `MOST_MODULES` modules, and their numbers."""
    count = Counter(str(path.parent) for path in paths if path.name not in ("__init__.py", "conftest.py"))
    return {
        folder: size
        for folder, size in count.items()
        if size > MOST_MODULES and not folder.startswith(UNDIVIDED)
    }


def _imports(tree: ast.Module, path: PurePosixPath) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            name = _absolute(node, path)
            yield from (f"{name}.{alias.name}" for alias in node.names) if name in WINGS else (name,)
        elif isinstance(node, ast.Call) and _name(node.func) in ("import_module", "__import__"):
            yield from (str(arg.value) for arg in node.args[:1] if isinstance(arg, ast.Constant))


def _absolute(node: ast.ImportFrom, path: PurePosixPath) -> str:
    """The full name of an import, also of a relative one."""
    package = path.parts[:-1]
    if node.level == 0:
        return node.module or ""
    base = package[: max(0, len(package) - node.level + 1)]
    names = [*base, node.module] if node.module else [*base, node.names[0].name]
    return ".".join(names)


def _impurities(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in IMPURE_METHODS:
            yield f"reads the clock by .{node.attr} in line {node.lineno}"
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in IMPURE_FUNCTIONS
        ):
            yield f"calls {node.func.id} in line {node.lineno}"


def _ways_to_the_database(tree: ast.Module) -> Iterator[str]:
    """Handlers ask services: of storage they may import classes and constants, no modules or functions."""
    for node in ast.walk(tree):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
        source = node.module or "" if isinstance(node, ast.ImportFrom) else ""
        for name in names:
            is_of_storage = f"{source}.{name}".lstrip(".").startswith("storage.") and name[0].islower()
            if is_of_storage or name in ("Database", "AsyncConnection"):
                yield f"imports {name} instead of asking a service"


def _sizes(tree: ast.Module, source: str, longest: int) -> Iterator[str]:
    lines = len(source.splitlines())
    if lines > longest:
        yield f"has {lines} lines"
    for node in ast.walk(tree):
        if isinstance(node, Function) and node.name not in LISTS and _length(node) > LONGEST_FUNCTION:
            yield f"{node.name} has {_length(node)} lines"


def _length(function: Function) -> int:
    """Lines from `def` to the end, without the docstring."""
    length = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is not None:
        length -= (first.end_lineno or first.lineno) - first.lineno + 1
    return length


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""
