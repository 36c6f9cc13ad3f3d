"""Draws links as QR codes."""

from __future__ import annotations

import io

_PIXELS = 10
"""Size of one module: large enough to be read from a printed card."""


def qr_code(url: str) -> bytes:
    """A QR code of the link, as PNG."""
    import segno  # imported late: used a few times a day

    buffer = io.BytesIO()
    segno.make(url, error="m").save(buffer, kind="png", scale=_PIXELS)
    return buffer.getvalue()
