# Чего нет
do-flowers = Чего нет
do-flower-out = Закончился
do-flower-back = Снова есть
do-count-flowers = Посчитать
flowers-title = <b>Чего нет</b>
flowers-how = Нажмите на цветок, который закончился: товары с ним скроются сразу. Второе нажатие вернёт их.
flowers-none = Здесь появятся цветы из рецептов. Рецепт вносится у товара: «Магазин», «Остатки», «Рецепт».
flower-button = { $name } · { $products ->
    [one] { $products } товар
    [few] { $products } товара
   *[other] { $products } товаров
}
flower-button-counted = { $name } · { $stems } шт
flower-button-out = ⚫ { $name } · нет
flower-out = ⚫ <b>{ $name }: закончился</b>
flower-there = 🟢 <b>{ $name }: есть</b>
flower-counted = 🟢 <b>{ $name }: { $count } шт</b>
flower-signed = Отмечено: { $signed }
flower-hidden = Скрыто из-за него ({ $count }):
flower-stopped = Не продаётся и без этого ({ $count }):
flower-sold = В продаже ({ $count }):
flower-needs-none = Заказам в работе он не нужен.
flower-needs = { $count ->
    [one] Нужен заказу в работе, согласуйте с клиентом замену:
   *[other] Нужен заказам в работе ({ $count }), согласуйте с клиентами замену:
}
flower-need = { $order } · { $count } шт
flower-undo = Появится - нажмите «Снова есть»: вернётся всё, что скрыто только из-за него.
flowers-ask = Сколько чего осталось? Напишите одним сообщением, например: пион 40, роза 100.
flower-said-out = <b>{ $name }: закончился</b>, говорит { $signed }
do-flower-hide = { $count ->
    [one] Скрыть { $count } товар
    [few] Скрыть { $count } товара
   *[other] Скрыть { $count } товаров
}
toast-flower-said = Передано директору и менеджеру: они скроют товары.
toast-flower-known = Директор и менеджер уже знают.
flowers-how-seller = Нажмите на цветок, который закончился: директор и менеджер узнают сразу.
flowers-counted = <b>Посчитано</b>
flower-amount = { $name }: { $count } шт
flowers-unknown = Нет ни в одном рецепте:
toast-flower-out = { $count ->
    [0] Отмечено. Скрывать нечего
    [one] Скрыт { $count } товар
    [few] Скрыто { $count } товара
   *[other] Скрыто { $count } товаров
}
toast-flower-back = Отмечено: снова есть
toast-flower-gone = Этого цветка больше нет в рецептах

# Товары
do-goods = Стоп-лист
flowers-count-now = 🌷 Пора посчитать цветы. Больше всего нужны:
do-feed = Подключить остатки к Flowwow
do-goods-back = ← Стоп-лист
feed-title = <b>Остатки для Flowwow</b>: по этому адресу (лента товаров) Flowwow сам читает, что есть в наличии. Подключает поддержка Flowwow, текст для неё ниже. Стоп-лист и «Чего нет» попадают туда сразу.
feed-none = У магазина нет ленты товаров. Её включает тот, кто ставил бота: FEED_SECRET в настройках.
feed-site = https://АДРЕС-БОТА
feed-site-unknown = Вместо «АДРЕС-БОТА» подставьте адрес, по которому бот виден в интернете: его знает тот, кто ставил бота.
feed-shop-unknown = (номер магазина)
feed-for-support = Здравствуйте! Подключите, пожалуйста, нашему магазину { $shop } автоматический контроль остатков по XML/YML. Адрес ленты: { $address }
do-goods-all = Все товары
do-walk = Остатки
do-walk-next = Дальше →
do-walk-over = Готово
do-read = Обновить товары
do-stop = В стоп-лист
do-sell = Вернуть в продажу
do-recipe = Рецепт
do-not-counted = Не считать
stock-minus = −1
stock-plus = +1
stock-plus-more = +{ $count }
stock-none = 0
goods-title = <b>Товары ({ $count })</b>
goods-how = Нажатие скрывает товар или возвращает его. Найти: напишите часть названия.
goods-look = Найти: напишите часть названия.
goods-none = Товаров пока нет. Нажмите «Обновить товары» в разделе «Магазин».
goods-found = По словам «{ $part }»
goods-not-found = По словам «{ $part }» ничего нет. Напишите другую часть названия.
goods-page = Страница { $page } из { $pages }
obstacle-stopped = в стоп-листе
obstacle-no_stock = остаток 0
obstacle-flower_out = не хватает цветов
product-title = <b>{ $name }</b> · { $place } из { $total }
product-stock = Остаток: { $count } шт
product-not-counted = Остаток не считается
product-sold = 🟢 В продаже
product-not-sold = ⚫ Не продаётся: { $why }
product-recipe = Рецепт:
product-ingredient = { $flower } { $stems }
product-no-recipe = Рецепта нет
product-behind = Во Flowwow ещё не отмечено
product-refused = Flowwow не принял: { $why }
product-how = Остаток можно написать числом: бот запишет его и покажет следующий товар.
product-ask-recipe = { $name }: из чего он? Напишите цветы и стебли, например: пион 15, эвкалипт 3. Чтобы убрать рецепт, пришлите минус.
recipe-unclear = Не понял: «{ $part }». Напишите так: пион 15, эвкалипт 3.
recipe-needed = Здесь нужен текст: цветы и число стеблей, например: пион 15, эвкалипт 3.
goods-unexplained = без объяснения
goods-refused = { $count ->
    [one] <b>Flowwow не принял { $count } товар</b>
    [few] <b>Flowwow не принял { $count } товара</b>
   *[other] <b>Flowwow не принял { $count } товаров</b>
}
goods-refused-line = { $name } - { $wish ->
    [hide] скрыть
   *[show] вернуть в продажу или изменить остаток
}: { $why }
goods-refused-advice = Сделайте это в приложении Flowwow, потом нажмите «Обновить товары».
goods-wait = Flowwow не отвечает. Товары отмечены здесь, бот будет пробовать, пока не получится.
goods-read = Товары обновлены: { $count }
goods-unread = Flowwow не отдал список товаров. Бот попробует ещё раз через несколько минут.
toast-read = Обновляю, это может занять минуту
toast-stopped = В стоп-листе
toast-sold = Снова в продаже
toast-stock = Остаток: { $count } шт
toast-not-counted = Остаток не считается
toast-product-gone = Этого товара больше нет
toast-no-goods-api = Flowwow не подключён: товары приходят из файла.
