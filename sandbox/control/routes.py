"""The routes of the control interface."""

from aiohttp import web

from sandbox.control import goods, groups, marketplace, people, trouble, uploads, views
from sandbox.control.context import Handler, answering

_GET: dict[str, Handler] = {
    "health": views.health,
    "world": views.world,
    "chats/{person}/{chat}/messages": views.messages,
    "chats/{person}/{chat}/messages/{message_id}": views.message,
    "events": views.events,
    "wait": views.wait,
    "files/{file_id}": people.files,
    "limits": trouble.limits,
    "faults": trouble.faults,
    "updates": trouble.unconfirmed_updates,
    "marketplace/samples": marketplace.samples,
    "marketplace/goods": goods.show,
    "marketplace/orders": marketplace.orders,
    "marketplace/orders/{order}": marketplace.order,
}
_POST: dict[str, Handler] = {
    "reset": views.reset,
    "demo/restart": views.restart,
    "limits": trouble.set_limits,
    "faults": trouble.set_faults,
    "lacks": trouble.set_lacks,
    "updates": trouble.raw_updates,
    "people/{person}/text": people.text,
    "people/{person}/edit": people.edit,
    "people/{person}/forward": people.forward,
    "people/{person}/contact": people.contact,
    "people/{person}/location": people.location,
    "people/{person}/move": people.move,
    "people/{person}/photo": uploads.photo,
    "people/{person}/sticker": uploads.sticker,
    "people/{person}/voice": uploads.voice,
    "people/{person}/press": people.press,
    "people/{person}/start": people.start,
    "people/{person}/clear": people.clear,
    "people/{person}/block": people.block,
    "people/{person}/unblock": people.unblock,
    "groups/{group}/kick": groups.kick,
    "groups/{group}/add": groups.add,
    "groups/{group}/join": groups.join,
    "groups/{group}/leave": groups.leave,
    "groups/{group}/migrate": groups.migrate,
    "marketplace/orders": marketplace.place,
    "marketplace/orders/{order}/cancel": marketplace.cancel,
    "marketplace/orders/{order}/resend": marketplace.resend,
    "marketplace/orders/{order}/vanish": marketplace.vanish,
    "marketplace/raw-webhook": marketplace.raw_webhook,
}


def add_routes(app: web.Application) -> None:
    """Serve the control interface under `/control`."""
    for path, handler in _GET.items():
        app.router.add_get(f"/control/{path}", answering(handler))
    for path, handler in _POST.items():
        app.router.add_post(f"/control/{path}", answering(handler))
    app.router.add_patch("/control/marketplace/goods/{product}", answering(goods.put))
    app.router.add_patch("/control/marketplace/orders/{order}", answering(marketplace.patch))
