"""Which room may know of which, and how large its parts may grow: checked on the source itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator
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
"""Each room, and the lower rooms that it may import from."""

STARTS_THE_SANDBOX = frozenset({"bot.cli", "bot.demo"})
"""The command line, which starts the sandbox beside the bot."""

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
"""What the rules of the trade may use: nothing that reads a clock, a file or a network."""

IMPURE_METHODS = frozenset({"now", "utcnow", "today"})
IMPURE_FUNCTIONS = frozenset({"open", "print", "input", "eval", "exec", "__import__"})

LONGEST_FILE = 400
LONGEST_TABLE = 500
TABLES = frozenset({"storage/tables.py", "orders/events.py", "orders/order.py"})
"""Files that are one list: splitting them only for their length would hide what belongs together."""
LONGEST_FUNCTION = 50

Function = ast.FunctionDef | ast.AsyncFunctionDef


def violations(path: PurePosixPath, source: str) -> list[str]:
    """What the file does that its room may not; `path` is relative to the root of the project."""
    tree = ast.parse(source)
    module = ".".join(path.with_suffix("").parts).removesuffix(".__init__")
    room = path.parts[0]
    found = [f"imports {name}" for name in _imports(tree, path) if not _may_import(module, room, name)]
    if room == "orders":
        found += _impurities(tree)
    longest = LONGEST_TABLE if str(path) in TABLES else LONGEST_FILE
    return [f"{path}: {what}" for what in [*found, *_sizes(tree, source, longest)]]


def _may_import(module: str, room: str, name: str) -> bool:
    target = name.partition(".")[0]
    if target == room:
        return True
    if target == "sandbox":
        return ".".join(module.split(".")[:2]) in STARTS_THE_SANDBOX
    if target in {"tests", "benchmarks"}:
        return False
    if target in FLOORS:
        return target in FLOORS[room]
    return room != "orders" or target in PURE


def _imports(tree: ast.Module, path: PurePosixPath) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield _absolute(node, path)
        elif isinstance(node, ast.Call) and _name(node.func) in ("import_module", "__import__"):
            yield from (str(arg.value) for arg in node.args[:1] if isinstance(arg, ast.Constant))


def _absolute(node: ast.ImportFrom, path: PurePosixPath) -> str:
    """A relative import by its full name; one that climbs out of the tree is nobody's."""
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


def _sizes(tree: ast.Module, source: str, longest: int) -> Iterator[str]:
    lines = len(source.splitlines())
    if lines > longest:
        yield f"has {lines} lines"
    for node in ast.walk(tree):
        if isinstance(node, Function) and _length(node) > LONGEST_FUNCTION:
            yield f"{node.name} has {_length(node)} lines"


def _length(function: Function) -> int:
    """Lines from `def` to the end, its docstring not counted."""
    length = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is not None:
        length -= (first.end_lineno or first.lineno) - first.lineno + 1
    return length


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""
