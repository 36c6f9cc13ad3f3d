"""Translated texts from the Fluent files in `messages/texts` and the shop's own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax.ast import Resource
from markupsafe import Markup, escape

from messages.i18n.untrusted_text import clean

LANGUAGES = ("ru", "en")
FOLDER = Path(__file__).parent.parent / "texts"
ARGUMENT_LIMIT = 600
"""A last safeguard, in UTF-16 units; every field has a lower limit of its own."""

_BEGINNING = re.compile(r"^([a-z][\w-]*) =", re.MULTILINE)
"""The start of a message in a Fluent file; its further lines are indented."""

Argument = str | int | Decimal


class MissingText(LookupError):  # noqa: N818 - names what is missing, like KeyError
    """A text or one of its arguments is missing: a programming error, which tests find."""

    def __init__(self, language: str, key: str, why: str) -> None:
        super().__init__(f"text {key!r} in {language!r}: {why}")


_own: dict[str, Resource] = {}


def use_own_texts(texts: Mapping[str, Resource]) -> None:
    """Replace our texts by these validated ones, by language (R78); called once, at the start."""
    _own.clear()
    _own.update(texts)
    _texts.cache_clear()


class Translator:
    """Makes texts in one language; Russian if the language is unknown.

    A call returns HTML: strings from outside are cleaned and escaped, `Markup` is kept as it is.
    """

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else LANGUAGES[0]
        self._texts = _texts(self.language)

    def __call__(self, key: str, /, **args: Argument) -> Markup:
        """Returns the text as HTML, safe to send and safe as an argument of another text."""
        return Markup(self._format(key, {name: _as_html(value) for name, value in args.items()}))  # noqa: S704 - every argument was escaped

    def plain(self, key: str, /, **args: Argument) -> str:
        """Returns the text for places without HTML: toasts, button labels, files."""
        return self._format(key, {name: _as_plain(value) for name, value in args.items()})

    def _format(self, key: str, args: dict[str, Argument]) -> str:
        bundle = self._texts.with_text(key)
        if not bundle.has_message(key):
            raise MissingText(self.language, key, "no such text")
        pattern = bundle.get_message(key).value
        if pattern is None:
            raise MissingText(self.language, key, "no text of its own")
        text, errors = bundle.format_pattern(pattern, args)
        if errors:
            raise MissingText(self.language, key, "; ".join(str(error) for error in errors))
        return str(text)


def _as_html(value: Argument) -> Argument:
    if isinstance(value, Markup):
        return str(value)
    return str(escape(clean(value, ARGUMENT_LIMIT))) if isinstance(value, str) else value


def _as_plain(value: Argument) -> Argument:
    if isinstance(value, Markup):
        return value.unescape()
    return clean(value, ARGUMENT_LIMIT) if isinstance(value, str) else value


class _Texts:
    """All texts of one language, each parsed on first use.

    Parsing all of them would delay every start by 0.2 s and take 9 MiB, and few of the second language are
    used.
    """

    def __init__(self, language: str) -> None:
        # No isolation marks around arguments: they would get into what people copy (numbers, addresses) and
        # into the labels that handlers compare. `clean` removes every direction mark from outside text.
        self._bundle = FluentBundle([language], use_isolating=False)
        if own := _own.get(language):
            self._bundle.add_resource(own)
        self._sources = text_sources(language)

    def with_text(self, key: str) -> FluentBundle:
        """Returns the bundle after loading this text into it, if the text exists."""
        if key in self._sources and not self._bundle.has_message(key):
            self._bundle.add_resource(FluentResource(self._sources[key]))
        return self._bundle


@cache
def text_sources(language: str) -> Mapping[str, str]:
    """Each of our texts by name, as in its file."""
    found: dict[str, str] = {}
    for path in sorted((FOLDER / language).glob("*.ftl")):
        found |= _entries(path.read_text(encoding="utf-8"))
    return found


def _entries(source: str) -> dict[str, str]:
    """The texts of a file by name."""
    found = list(_BEGINNING.finditer(source))
    ends = [entry.start() for entry in found[1:]] + [len(source)]
    return {entry[1]: source[entry.start() : end] for entry, end in zip(found, ends, strict=True)}


@cache
def _texts(language: str) -> _Texts:
    return _Texts(language)
