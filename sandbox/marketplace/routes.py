"""The marketplace's routes."""

from aiohttp import web

from sandbox.marketplace import api, goods_api
from sandbox.marketplace.pictures import handle_picture


def add_routes(app: web.Application) -> None:
    """Serve the seller API and the product pictures."""
    app.router.add_get("/apiseller/ping/check", api.ping)
    app.router.add_post("/apiseller/shops", api.authorised(api.list_shops))
    app.router.add_get("/apiseller/orders/list", api.authorised(api.list_orders))
    app.router.add_get("/apiseller/orders/view", api.authorised(api.view_order))
    app.router.add_post("/apiseller/orders/accept", api.authorised(api.accept))
    app.router.add_post("/apiseller/orders/courierLeft", api.authorised(api.courier_left))
    app.router.add_post("/apiseller/orders/finish", api.authorised(api.finish))
    app.router.add_post("/apiseller/products", api.authorised(goods_api.products))
    app.router.add_post("/apiseller/products/hide", api.authorised(goods_api.hide))
    app.router.add_post("/apiseller/products/unhide", api.authorised(goods_api.unhide))
    app.router.add_post("/apiseller/products/offersMappings", api.authorised(goods_api.name_offers))
    app.router.add_put("/apiseller/stocks/put", api.authorised(goods_api.put_stocks))
    app.router.add_post("/apiseller/stocks/get", api.authorised(goods_api.get_stocks))
    app.router.add_get("/pictures/{name:[a-z]+}.png", handle_picture)
