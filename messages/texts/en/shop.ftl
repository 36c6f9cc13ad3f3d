# The shop: open or hidden
button-shop = Shop
command-shop = Shop and products
do-shop = Shop
do-shop-back = ← Shop
do-shop-hide = Hide the shop
do-shop-open = Open the shop
do-shop-when = Opens by itself…
do-shop-app-hidden = I hid it in Flowwow
do-shop-app-shown = I opened it in Flowwow
shop-open = 🟢 <b>The shop is open</b>
shop-open-here = 🟢 <b>The shop is open here</b> · still hidden in Flowwow
shop-hidden = ⚫ <b>The shop is hidden</b>
shop-hidden-here = ⚫ <b>The shop is hidden here</b> · not in Flowwow yet
shop-hidden-by = Hidden: { $signed }
shop-until = Opens by itself: { $clock }, { $left }
shop-open-end = Opens when somebody opens it here.
shop-was-hidden = Was hidden: { $signed }. Opened: { $reopened }
shop-by-itself = { $when }, by itself
shop-app-hide = Hide it in the Flowwow app: “Orders”, the switch at the top right. The bot cannot. Until then new orders come.
shop-app-hidden = Hidden in the Flowwow app: { $signed }
shop-app-show = Open it in the Flowwow app too: “Orders”, the switch at the top right. Then press “I opened it in Flowwow”.
shop-goods = { $count ->
    [one] { $count } product
   *[other] { $count } products
}, { $stopped } on the stop list
shop-out = Run out:
shop-behind = { $count ->
    [one] { $count } product is not yet updated in Flowwow
   *[other] { $count } products are not yet updated in Flowwow
}
shop-no-new = There will be no new orders.
shop-taken-none = There are no orders in hand now.
shop-taken = { $count ->
    [one] The order that has come is worked on, it is not cancelled:
   *[other] The orders that have come ({ $count }) are worked on, they are not cancelled:
}
shop-more = and { $count } more
shop-when = When shall the shop open by itself? The bot reminds a few minutes before.
shop-for-1 = In 1 hour
shop-for-2 = In 2 hours
shop-for-4 = In 4 hours
shop-for-tomorrow = Tomorrow at opening time
shop-for-open = I open it myself
shop-longer-1 = 1 hour more
shop-longer-2 = 2 hours more
shop-not-reopened = ⚫ <b>The shop did not open by itself</b> because of a fault of the bot. If its time is over, open it with the button.
shop-reopens = ⚫ <b>The shop soon opens by itself:</b> { $clock }, { $left }
toast-shop-hidden = Hidden here. Now hide it in Flowwow
toast-shop-open = The shop is open
toast-shop-until = Opens by itself: { $clock }
toast-shop-open-end = It does not open by itself
toast-shop-app = Noted
toast-shop-already-hidden = The shop is hidden already: { $signed }
toast-shop-already-open = The shop is open already: { $signed }
toast-shop-never-hidden = The shop is open anyway
toast-shop-already = Noted already
toast-chiefs-goods = A director or manager hides the shop and its products.
