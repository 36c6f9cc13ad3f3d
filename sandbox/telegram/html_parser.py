"""Parses HTML like the Bot API, with its rules and error messages.

Follows the open-source server: unknown tags are errors; four named entities and numeric ones are decoded, and
other apparent entities stay unchanged; offsets in errors are in UTF-8 bytes.
"""

import re
from dataclasses import dataclass
from typing import Any

from sandbox.telegram.errors import ApiError, bad_request
from sandbox.telegram.links import checked_link, linked_user
from sandbox.telegram.utf16 import utf16_length

_SIMPLE = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
_TAGS = frozenset({*_SIMPLE, "a", "code", "pre", "blockquote", "tg-emoji", "tg-time"})
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_ENTITY = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([a-zA-Z]+));?")
_SPECIAL = re.compile("[<&]")
_ATTRIBUTES = {
    ("a", "href"): "",
    ("code", "class"): "language-",
    ("span", "class"): "tg-",
    ("tg-emoji", "emoji-id"): "",
    ("tg-time", "unix"): "",
    ("tg-time", "format"): "",
}
_MAX_CODE_POINT = 0x10FFFF


@dataclass(frozen=True)
class ParsedText:
    """Plain text with its entities; offsets and lengths are in UTF-16 units."""

    text: str
    entities: list[dict[str, Any]]


@dataclass(frozen=True)
class _OpenTag:
    name: str
    argument: str
    offset: int
    begin: int


_TIME_FORMAT = re.compile(r"r|w?[dD]?[tT]?")


class HtmlParser:
    """Parses one text."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._result: list[str] = []
        self._offset = 0
        self._open: list[_OpenTag] = []
        self._entities: list[dict[str, Any]] = []

    def parse(self) -> ParsedText:
        """Parse the whole text. Raises ApiError as the Bot API does."""
        while self._at < len(self._source):
            if self._peek() != "<":
                self._put(self._plain())
            elif self._source.startswith("</", self._at):
                self._close_tag()
            else:
                self._open_tag()
        if self._open:
            raise bad_request(
                "can't parse entities: Can't find end tag corresponding to start tag "
                f'"{self._open[-1].name}"'
            )
        self._entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return ParsedText("".join(self._result), self._entities)

    def _peek(self) -> str:
        return self._source[self._at] if self._at < len(self._source) else ""

    def _put(self, text: str) -> None:
        self._result.append(text)
        self._offset += utf16_length(text)

    def _plain(self) -> str:
        """Read an entity's character, or the plain text up to the next tag or entity."""
        if char := self._entity():
            return char
        begin = self._at
        found = _SPECIAL.search(self._source, begin + 1)
        self._at = found.start() if found else len(self._source)
        return self._source[begin : self._at]

    def _entity(self) -> str:
        match = _ENTITY.match(self._source, self._at)
        char = _decoded(match) if match else ""
        if match and char:
            self._at = match.end()
        return char

    def _next(self) -> str:
        self._at += 1
        return self._source[self._at - 1]

    def _until(self, stop: str) -> str:
        begin = self._at
        while self._peek() and self._peek() not in stop and not self._peek().isspace():
            self._at += 1
        return self._source[begin : self._at]

    def _skip_space(self) -> None:
        while self._peek().isspace():
            self._at += 1

    def _error(self, reason: str, begin: int, rest: str = "") -> ApiError:
        offset = len(self._source[:begin].encode())
        return bad_request(f"can't parse entities: {reason} at byte offset {offset}{rest}")

    def _open_tag(self) -> None:
        begin = self._at
        self._at += 1
        name = self._until(">").lower()
        if not self._peek():
            raise self._error("Unclosed start tag", begin)
        if name not in _TAGS:
            raise self._error(f'Unsupported start tag "{name}"', begin)
        argument = self._attributes(name, begin)
        self._at += 1
        if name == "tg-time":
            self._check_time(argument, begin)
        if name == "span" and argument != "spoiler":
            raise self._error('Tag "span" must have class "tg-spoiler"', begin)
        self._open.append(_OpenTag(name, argument, self._offset, len(self._result)))

    def _check_time(self, argument: str, begin: int) -> None:
        unix, _, form = argument.partition(" ")
        if not unix.isdecimal():
            raise self._error('Tag "tg-time" must have a valid attribute "unix"', begin)
        if not _TIME_FORMAT.fullmatch(form):
            raise self._error('Tag "tg-time" has an invalid attribute "format"', begin)

    def _attributes(self, tag: str, begin: int) -> str:
        argument = ""
        while True:
            self._skip_space()
            if self._peek() == ">":
                return argument
            name = self._until("=>/\"'")
            if not name:
                raise self._error(f'Empty attribute name in the tag "{tag}"', begin)
            self._skip_space()
            if self._peek() == "=":
                value = self._value(tag, begin)
                argument = _argument(tag, name, value, argument)
            elif not self._peek():
                raise self._error(f'Unclosed start tag "{tag}"', begin)
            elif (tag, name) == ("blockquote", "expandable"):
                argument = "expandable"

    def _value(self, tag: str, begin: int) -> str:
        self._at += 1
        self._skip_space()
        quote = self._peek()
        if not quote:
            raise self._error(f'Unclosed start tag "{tag}"', begin)
        value = self._quoted(quote) if quote in "'\"" else self._token()
        if not self._peek():
            raise self._error("Unclosed start tag", begin)
        return value

    def _quoted(self, quote: str) -> str:
        self._at += 1
        value: list[str] = []
        while self._peek() and self._peek() != quote:
            value.append(self._entity() or self._next())
        self._at += bool(self._peek())
        return "".join(value)

    def _token(self) -> str:
        begin = self._at
        while self._peek() and (self._peek().isalnum() or self._peek() in ".-"):
            self._at += 1
        if self._peek() and not self._peek().isspace() and self._peek() != ">":
            raise self._error("Unexpected end of name token", begin)
        return self._source[begin : self._at].lower()

    def _close_tag(self) -> None:
        begin = self._at
        if not self._open:
            raise self._error("Unexpected end tag", begin)
        self._at += 2
        name = self._until(">").lower()
        self._skip_space()
        if self._peek() != ">":
            raise self._error("Unclosed end tag", begin)
        self._at += 1
        tag = self._open.pop()
        if name and name != tag.name:
            rest = f', expected "</{tag.name}>", found "</{name}>"'
            raise self._error("Unmatched end tag", begin, rest)
        if self._offset > tag.offset:
            self._add_entity(tag)

    def _add_entity(self, tag: _OpenTag) -> None:
        place = {"offset": tag.offset, "length": self._offset - tag.offset}
        if tag.name in _SIMPLE:
            self._entities.append({"type": _SIMPLE[tag.name], **place})
        elif tag.name == "blockquote":
            kind = "expandable_blockquote" if tag.argument else "blockquote"
            self._entities.append({"type": kind, **place})
        elif tag.name == "tg-emoji":
            self._entities.append({"type": "custom_emoji", **place, "custom_emoji_id": tag.argument})
        elif tag.name == "tg-time":
            unix, _, form = tag.argument.partition(" ")
            asked = {"date_time_format": form} if form else {}
            self._entities.append({"type": "date_time", **place, "unix_time": int(unix), **asked})
        elif tag.name == "a":
            self._add_link(tag, place)
        else:
            self._add_code(tag, place)

    def _add_link(self, tag: _OpenTag, place: dict[str, Any]) -> None:
        url = tag.argument or "".join(self._result[tag.begin :])
        user_id = linked_user(url)
        if user_id is not None:
            user = {"id": user_id, "is_bot": False, "first_name": ""}
            self._entities.append({"type": "text_mention", **place, "user": user})
        elif link := checked_link(url):
            self._entities.append({"type": "text_link", **place, "url": link})

    def _add_code(self, tag: _OpenTag, place: dict[str, Any]) -> None:
        """Add `code` or `pre`; `code` with a language and `pre` around the same text become one entity."""
        last = self._entities[-1] if self._entities else {}
        same = (last.get("offset"), last.get("length")) == (place["offset"], place["length"])
        if tag.name == "pre" and same and last["type"] == "code" and "language" in last:
            last["type"] = "pre"
            return
        entity = {"type": tag.name, **place}
        if tag.argument:
            entity["language"] = tag.argument
        self._entities.append(entity)


def _decoded(match: re.Match[str]) -> str:
    hexadecimal, decimal, name = match.groups()
    if name:
        return _NAMED.get(name, "")
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return chr(code) if 0 < code < _MAX_CODE_POINT and not 0xD800 <= code <= 0xDFFF else ""  # noqa: PLR2004 - surrogates


def _argument(tag: str, name: str, value: str, before: str) -> str:
    prefix = _ATTRIBUTES.get((tag, name.lower()))
    if prefix is None or not value.startswith(prefix):
        return before
    if tag == "tg-time":  # both attributes in one string: time and format, separated by a space
        unix, _, form = before.partition(" ")
        return f"{value} {form}" if name.lower() == "unix" else f"{unix} {value}"
    return value.removeprefix(prefix)
