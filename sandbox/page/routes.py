"""Serves the page and its files."""

from pathlib import Path

from aiohttp import web

_HERE = Path(__file__).parent
_HEADERS = {
    "Cache-Control": "no-cache",
    # Messages are shown as HTML: this policy stops scripts that escaping has missed.
    "Content-Security-Policy": "default-src 'self'; img-src 'self' blob:; style-src 'self' 'unsafe-inline'",
}


def add_routes(app: web.Application) -> None:
    """Serve `/` and `/static/...`."""
    app.router.add_get("/", handle_page)
    app.router.add_static("/static", _HERE / "static")


async def handle_page(request: web.Request) -> web.StreamResponse:
    """Serve the page, which loads everything else itself."""
    return web.FileResponse(_HERE / "index.html", headers=_HEADERS)
