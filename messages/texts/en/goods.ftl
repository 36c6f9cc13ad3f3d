# What is missing
do-flowers = What is missing
do-flower-out = Run out
do-flower-back = There again
do-count-flowers = Count
flowers-title = <b>What is missing</b>
flowers-how = Press the flower that has run out: products with it are hidden at once. A second press brings them back.
flowers-none = The flowers of the recipes appear here. A recipe belongs to a product: “Shop”, “Stock”, “Recipe”.
flower-button = { $name } · { $products ->
    [one] { $products } product
   *[other] { $products } products
}
flower-button-counted = { $name } · { $stems } pcs
flower-button-out = ⚫ { $name } · none
flower-out = ⚫ <b>{ $name }: run out</b>
flower-there = 🟢 <b>{ $name }: there</b>
flower-counted = 🟢 <b>{ $name }: { $count } pcs</b>
flower-signed = Noted: { $signed }
flower-hidden = Hidden because of it ({ $count }):
flower-stopped = Not sold for another reason ({ $count }):
flower-sold = On sale ({ $count }):
flower-needs-none = No order in hand needs it.
flower-needs = { $count ->
    [one] An order in hand needs it, agree on a substitute with the client:
   *[other] Orders in hand need it ({ $count }), agree on a substitute with the clients:
}
flower-need = { $order } · { $count } pcs
flower-undo = When it is there again, press “There again”: all that was hidden only because of it comes back.
flowers-ask = How much is left of what? Write it in one message, for example: peony 40, rose 100.
flower-said-out = <b>{ $name }: run out</b>, says { $signed }
do-flower-hide = { $count ->
    [one] Hide { $count } product
   *[other] Hide { $count } products
}
toast-flower-said = The director and the manager know: they will hide the products.
toast-flower-known = The director and the manager know already.
flowers-how-seller = Press a flower that has run out: the director and the manager are told at once.
flowers-counted = <b>Counted</b>
flower-amount = { $name }: { $count } pcs
flowers-unknown = In no recipe:
toast-flower-out = { $count ->
    [0] Noted. There is nothing to hide
    [one] { $count } product hidden
   *[other] { $count } products hidden
}
toast-flower-back = Noted: there again
toast-flower-gone = This flower is in no recipe any more

# Products
do-goods = Stop list
flowers-count-now = 🌷 Time to count the flowers. The most needed:
do-feed = Connect stock to Flowwow
do-goods-back = ← Stop list
feed-title = <b>Stock for Flowwow</b>: at this address (the product feed) Flowwow reads by itself what is in stock. Flowwow's support connects it, the text for them is below. The stop list and “What is missing” are in it at once.
feed-none = The shop has no product feed. Whoever installed the bot switches it on: FEED_SECRET in the settings.
feed-site = https://BOT-ADDRESS
feed-site-unknown = In place of “BOT-ADDRESS” put the address at which the bot is reached on the internet: whoever installed it knows.
feed-shop-unknown = (shop number)
feed-for-support = Hello! Please connect automatic stock control by XML/YML for our shop { $shop }. The address of the feed: { $address }
do-goods-all = All products
do-walk = Stock
do-walk-next = Next →
do-walk-over = Done
do-read = Update products
do-stop = To the stop list
do-sell = Back on sale
do-recipe = Recipe
do-not-counted = Do not count
stock-minus = −1
stock-plus = +1
stock-plus-more = +{ $count }
stock-none = 0
goods-title = <b>Products ({ $count })</b>
goods-how = A press hides a product or brings it back. To find one, write a part of its name.
goods-look = To find one, write a part of its name.
goods-none = There are no products yet. Press “Update products” under “Shop”.
goods-found = With “{ $part }”
goods-not-found = There is nothing with “{ $part }”. Write another part of the name.
goods-page = Page { $page } of { $pages }
obstacle-stopped = on the stop list
obstacle-no_stock = stock 0
obstacle-flower_out = flowers are missing
product-title = <b>{ $name }</b> · { $place } of { $total }
product-stock = Stock: { $count } pcs
product-not-counted = Stock is not counted
product-sold = 🟢 On sale
product-not-sold = ⚫ Not sold: { $why }
product-recipe = Recipe:
product-ingredient = { $flower } { $stems }
product-no-recipe = No recipe
product-behind = Not yet updated in Flowwow
product-refused = Flowwow did not take it: { $why }
product-how = You can write the stock as a number: the bot keeps it and shows the next product.
product-ask-recipe = { $name }: what is it made of? Write flowers and stems, for example: peony 15, eucalyptus 3. To remove the recipe send a minus.
recipe-unclear = Not understood: “{ $part }”. Write it like this: peony 15, eucalyptus 3.
recipe-needed = A text is needed here: flowers and the number of stems, for example: peony 15, eucalyptus 3.
goods-unexplained = without an explanation
goods-refused = { $count ->
    [one] <b>Flowwow did not take { $count } product</b>
   *[other] <b>Flowwow did not take { $count } products</b>
}
goods-refused-line = { $name } - { $wish ->
    [hide] hide
   *[show] back on sale or change of stock
}: { $why }
goods-refused-advice = Do it in the Flowwow app, then press “Update products”.
goods-wait = Flowwow does not answer. The products are noted here, the bot will try until it works.
goods-read = Products updated: { $count }
goods-unread = Flowwow did not give the list of products. The bot tries again in a few minutes.
toast-read = Updating, this may take a minute
toast-stopped = On the stop list
toast-sold = On sale again
toast-stock = Stock: { $count } pcs
toast-not-counted = Stock is not counted
toast-product-gone = This product is not there any more
toast-no-goods-api = Flowwow is not connected: products come from a file.
