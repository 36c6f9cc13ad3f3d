"""Every text exists in every language with the same arguments, and every text is used."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
from fluent.syntax import ast as ftl
from fluent.syntax import parse
from fluent.syntax.serializer import serialize_pattern
from fluent.syntax.visitor import Visitor

from messages.i18n.texts import FOLDER, LANGUAGES, Translator

ROOT = Path(__file__).parents[3]
ROOMS = ("messages", "services", "handlers", "bot", "flowwow")


class _Arguments(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802 - the library's name
        self.names.add(node.id.name)


@cache
def _entries(language: str) -> tuple[ftl.Message, ...]:
    return tuple(_parsed(language))


def _parsed(language: str) -> Iterator[ftl.Message]:
    for path in sorted((FOLDER / language).glob("*.ftl")):
        for entry in parse(path.read_text(encoding="utf-8")).body:
            assert not isinstance(entry, ftl.Junk), f"{path.name}: {entry.content}"
            if isinstance(entry, ftl.Message):
                yield entry


@cache
def _texts(language: str) -> Mapping[str, set[str]]:
    found = {}
    for message in _entries(language):
        arguments = _Arguments()
        arguments.visit(message)
        found[message.id.name] = arguments.names
    return found


@cache
def _files(room: str) -> tuple[tuple[Path, ast.Module], ...]:
    paths = sorted((ROOT / room).rglob("*.py"))
    return tuple((path, ast.parse(path.read_text(encoding="utf-8"))) for path in paths)


def _trees() -> Iterator[ast.Module]:
    for room in ROOMS:
        yield from (tree for _path, tree in _files(room))


def _literals() -> tuple[set[str], set[str]]:
    """Whole strings of the code, and the beginnings of those that end in something else: f"refusal-{...}"."""
    whole, beginnings = set(), set()
    for tree in _trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                whole.add(node.value)
            if isinstance(node, ast.JoinedStr) and isinstance(first := node.values[0], ast.Constant):
                beginnings.add(str(first.value))
    return whole, {beginning for beginning in beginnings if beginning.endswith("-")}


def _asked_for() -> Iterator[str]:
    """The keys the code names outright: `t("key")`, `visit.t("key")`, `t.plain("key")`."""
    for tree in _trees():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            key = node.args[0]
            if name in {"t", "plain"} and isinstance(key, ast.Constant) and isinstance(key.value, str):
                yield key.value


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_stands_twice(language: str) -> None:
    counted = Counter(message.id.name for message in _entries(language))
    assert [key for key, times in counted.items() if times > 1] == []


def test_every_language_has_the_same_texts_with_the_same_arguments() -> None:
    russian, english = (_texts(language) for language in LANGUAGES)
    assert sorted(russian.keys() ^ english.keys()) == []
    assert {key: (russian[key], english[key]) for key in russian if russian[key] != english[key]} == {}


def test_every_key_the_code_names_exists() -> None:
    assert sorted(set(_asked_for()) - _texts("ru").keys()) == []


def test_every_text_is_used() -> None:
    whole, beginnings = _literals()
    # A key made by two steps (f"{key}-{status}", where key began as "refusal-...") shows only its beginning.
    unused = [key for key in _texts("ru") if key not in whole and not key.startswith(tuple(beginnings))]
    assert unused == []


@pytest.mark.parametrize("room", ["messages", "handlers", "services"])
def test_no_text_for_people_stands_in_the_code(room: str) -> None:
    """Docstrings and comments may quote the users' words; strings that are shown may not."""
    found = []
    for path, tree in _files(room):
        bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        found += [
            f"{path.name}:{node.lineno}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in bare
            if any("\u0400" <= letter <= "\u04ff" for letter in node.value)
        ]
    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_needs_another_one(language: str) -> None:
    """Each is parsed alone, when it is first asked for; texts of an argument are given by the code."""
    others = [
        (message.id.name, node)
        for message in _entries(language)
        for node in _nodes(message)
        if isinstance(node, ftl.MessageReference | ftl.TermReference)
    ]
    assert others == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_files_is_found(language: str) -> None:
    t = Translator(language)
    for key, arguments in _texts(language).items():
        t.plain(key, **dict.fromkeys(arguments, 1))  # raises MissingText


def _nodes(node: ftl.BaseNode) -> Iterator[ftl.BaseNode]:
    found: list[ftl.BaseNode] = []

    class _All(Visitor):
        def generic_visit(self, visited: ftl.BaseNode) -> None:
            found.append(visited)
            super().generic_visit(visited)

    _All().visit(node)
    yield from found


def test_a_text_that_names_a_button_names_the_same_one_in_english() -> None:
    of_flowwow = {"menu-contact"}  # names buttons of the marketplace's app
    russian, english = (
        {one.id.name: serialize_pattern(one.value).strip() for one in _entries(language) if one.value}
        for language in LANGUAGES
    )
    labels: dict[str, set[str]] = {}
    for key, label in russian.items():
        if key.startswith(("do-", "button-")):
            labels.setdefault(label, set()).add(english[key].casefold())
    lacking = {
        key: quoted
        for key, text in russian.items()
        if key not in of_flowwow
        for quoted in re.findall("«([^»]+)»", text)
        if not any(label in english[key].casefold() for label in labels.get(quoted, {""}))
    }
    assert lacking == {}


@pytest.mark.requirement("R96")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_calm(language: str) -> None:
    """Nobody is shouted at: no exclamation mark but in a greeting, no words in capitals."""
    names = {"BOT", "TOKEN", "FLOWWOW", "JPEG", "HEIC", "XLSX", "HTML", "ENTITY"}
    for message in _entries(language):
        if message.value is None:
            continue
        text = serialize_pattern(message.value)
        assert "!" not in text.replace("Здравствуйте!", "").replace("Hello!", ""), message.id.name
        words = set(re.findall(r"(?<![A-Z_{-])\b[A-ZА-ЯЁ]{4,}\b(?![_-])", text))
        assert words <= names, message.id.name
