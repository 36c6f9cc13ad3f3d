"""The marketplace's addresses."""

from aiohttp import web

from sandbox.marketplace import api
from sandbox.marketplace.pictures import handle_picture


def add_routes(app: web.Application) -> None:
    """Serve the seller API and the pictures of goods."""
    app.router.add_get("/apiseller/ping/check", api.ping)
    app.router.add_post("/apiseller/shops", api.authorised(api.list_shops))
    app.router.add_get("/apiseller/orders/list", api.authorised(api.list_orders))
    app.router.add_get("/apiseller/orders/view", api.authorised(api.view_order))
    app.router.add_post("/apiseller/orders/accept", api.authorised(api.accept))
    app.router.add_post("/apiseller/orders/courierLeft", api.authorised(api.courier_left))
    app.router.add_post("/apiseller/orders/finish", api.authorised(api.finish))
    app.router.add_get("/pictures/{name:[a-z]+}.png", handle_picture)
