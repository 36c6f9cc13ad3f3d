"""Links as pictures that a phone's camera reads."""

from __future__ import annotations

import io

_PIXELS = 10
"""Of one module: large enough to be read from a printed card."""


def qr_code(url: str) -> bytes:
    """A QR code of the link, as PNG."""
    import segno  # asked for a few times a day

    buffer = io.BytesIO()
    segno.make(url, error="m").save(buffer, kind="png", scale=_PIXELS)
    return buffer.getvalue()
