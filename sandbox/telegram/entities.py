"""Formatted text: HTML, given entities, and entities that Telegram detects; offsets in UTF-16 units."""

import re
from typing import Any

from sandbox.telegram.errors import bad_request
from sandbox.telegram.html_parser import HtmlParser, ParsedText
from sandbox.telegram.utf16 import utf16_length

MAX_TEXT = 4096
MAX_CAPTION = 1024
_GIVEN_TYPES = frozenset(
    [
        "mention",
        "hashtag",
        "cashtag",
        "bot_command",
        "url",
        "email",
        "phone_number",
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "blockquote",
        "expandable_blockquote",
        "code",
        "pre",
        "text_link",
        "text_mention",
        "custom_emoji",
        "date_time",
    ]
)
_FOUND = {
    "url": re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]"),
    "email": re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]*\w"),
    "mention": re.compile(r"(?<![\w@])@[A-Za-z]\w{3,31}"),
    "bot_command": re.compile(r"(?<![\w/<])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/])"),
    "hashtag": re.compile(r"(?<!\w)#\w*[^\W\d]\w*"),
    "phone_number": re.compile(r"(?<!\w)\+\d{10,15}(?!\w)"),
}


def parse_text(text: str, parse_mode: str, given: object, limit: int, *, caption: bool = False) -> ParsedText:
    """Build the text and entities of a message. Raises ApiError as Telegram does."""
    parsed = _read(_cleaned(text), parse_mode, given)
    stripped = _stripped(parsed)
    if utf16_length(stripped.text) > limit:
        raise bad_request("message caption is too long" if caption else "message is too long")
    if not stripped.text and not caption:
        raise bad_request("message text is empty")
    return ParsedText(stripped.text, found_entities(stripped.text, stripped.entities))


def found_entities(text: str, present: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Add detected links, commands, mentions and phones outside existing entities; sorted by offset."""
    entities = list(present)
    for kind, pattern in _FOUND.items():
        for match in pattern.finditer(text):
            offset = utf16_length(text[: match.start()])
            entity = {"type": kind, "offset": offset, "length": utf16_length(match.group())}
            if not any(_overlap(entity, other) for other in entities):
                entities.append(entity)
    return sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


def _overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    if other["type"] in {"bold", "italic", "underline", "strikethrough", "spoiler", "blockquote"}:
        return False
    return bool(
        one["offset"] < other["offset"] + other["length"] and other["offset"] < one["offset"] + one["length"]
    )


def _cleaned(text: str) -> str:
    return re.sub(r"[\x00-\x08\x0b-\x1f]", " ", text.replace("\r", ""))


def _read(text: str, parse_mode: str, given: object) -> ParsedText:
    mode = parse_mode.lower()
    if mode == "html":
        return HtmlParser(text).parse()
    if mode in {"markdown", "markdownv2"}:
        raise bad_request(f"can't parse entities: the sandbox does not read {parse_mode}, use HTML")
    if mode not in {"", "none"}:
        raise bad_request("unsupported parse_mode")
    return ParsedText(text, _given_entities(given, utf16_length(text)))


def _given_entities(given: object, length: int) -> list[dict[str, Any]]:
    if given is None:
        return []
    if not isinstance(given, list):
        raise bad_request("can't parse entities: expected an Array of MessageEntity")
    return [_given_entity(entity, length) for entity in given if _fits(entity, length)]


def _fits(entity: object, length: int) -> bool:
    if not isinstance(entity, dict):
        raise bad_request("can't parse MessageEntity: expected an Object")
    offset, size = entity.get("offset"), entity.get("length")
    if not isinstance(offset, int) or not isinstance(size, int):
        raise bad_request("can't parse MessageEntity: offset and length must be Numbers")
    if offset < 0 or offset + size > length:
        raise bad_request(
            "entity begins in a middle of a UTF-16 symbol or ends after the end of the text "
            f"at UTF-16 offset {offset}"
        )
    return size > 0


def _given_entity(entity: dict[str, Any], length: int) -> dict[str, Any]:
    if entity.get("type") not in _GIVEN_TYPES:
        raise bad_request(f"can't parse MessageEntity: Unsupported type specified at length {length}")
    kept = (
        "type",
        "offset",
        "length",
        "url",
        "user",
        "language",
        "custom_emoji_id",
        "unix_time",
        "date_time_format",
    )
    return {name: entity[name] for name in kept if entity.get(name) is not None}


def _stripped(parsed: ParsedText) -> ParsedText:
    """Strip surrounding white space, as Telegram does, and shift the entities."""
    text = parsed.text.strip()
    lead = len(parsed.text) - len(parsed.text.lstrip())
    length = utf16_length(text)
    entities = []
    for entity in parsed.entities:
        start = max(entity["offset"] - lead, 0)
        end = min(entity["offset"] + entity["length"] - lead, length)
        if end > start:
            entities.append({**entity, "offset": start, "length": end - start})
    return ParsedText(text, entities)
