"""Renders a message's text and entities as safe HTML for the page."""

from typing import Any

from markupsafe import escape

_TAGS = {
    "bold": ("<b>", "</b>"),
    "italic": ("<i>", "</i>"),
    "underline": ("<u>", "</u>"),
    "strikethrough": ("<s>", "</s>"),
    "spoiler": ('<span class="spoiler" tabindex="0">', "</span>"),
    "code": ("<code>", "</code>"),
    "pre": ("<pre>", "</pre>"),
    "blockquote": ("<blockquote>", "</blockquote>"),
    "expandable_blockquote": ('<blockquote class="expandable">', "</blockquote>"),
    "bot_command": ('<span class="command">', "</span>"),
    "mention": ('<span class="mention">', "</span>"),
    "text_mention": ('<span class="mention">', "</span>"),
    "hashtag": ('<span class="mention">', "</span>"),
}
_LINKS = {"url": "", "email": "mailto:", "phone_number": "tel:"}


def to_html(text: str, entities: list[dict[str, Any]]) -> str:
    """Render a text as HTML, escaping all of it."""
    units = text.encode("utf-16-le")
    marks = sorted({0, len(units) // 2, *(_start(e) for e in entities), *(_end(e) for e in entities)})
    out: list[str] = []
    opened: list[dict[str, Any]] = []
    for start, end in zip(marks, [*marks[1:], marks[-1]], strict=True):
        reopened = _close(opened, start, out)
        starting = [e for e in entities if _start(e) == start and _end(e) > start]
        for entity in [*reopened, *sorted(starting, key=lambda e: -e["length"])]:
            out.append(_tags(entity, units)[0])
            opened.append(entity)
        out.append(str(escape(units[start * 2 : end * 2].decode("utf-16-le", "replace"))))
    out.extend(_tags(entity, units)[1] for entity in reversed(opened))
    return "".join(out)


def _start(entity: dict[str, Any]) -> int:
    return int(entity["offset"])


def _end(entity: dict[str, Any]) -> int:
    return int(entity["offset"]) + int(entity["length"])


def _close(opened: list[dict[str, Any]], at: int, out: list[str]) -> list[dict[str, Any]]:
    """Close the tags that end here; returns nested entities that must be opened again."""
    reopened: list[dict[str, Any]] = []
    while any(_end(entity) <= at for entity in opened):
        entity = opened.pop()
        out.append(_tags(entity, b"")[1])
        if _end(entity) > at:
            reopened.insert(0, entity)
    return reopened


def _tags(entity: dict[str, Any], units: bytes) -> tuple[str, str]:
    kind = entity["type"]
    if kind == "text_link":
        return _anchor(entity["url"]), "</a>"
    if kind in _LINKS:
        inner = units[_start(entity) * 2 : _end(entity) * 2].decode("utf-16-le", "replace")
        return _anchor(_LINKS[kind] + inner), "</a>"
    if kind == "date_time":
        moment = (
            f'data-unix="{entity["unix_time"]}" data-format="{escape(entity.get("date_time_format", ""))}"'
        )
        return f'<time class="live" {moment}>', "</time>"
    return _TAGS.get(kind, ("<span>", "</span>"))


def _anchor(url: str) -> str:
    return f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer">'
