# Магазин: открыт или скрыт
button-shop = Магазин
command-shop = Магазин и товары
do-shop = Магазин
do-shop-back = ← Магазин
do-shop-hide = Скрыть магазин
do-shop-open = Открыть магазин
do-shop-when = Откроется сам…
do-shop-app-hidden = Скрыл(а) во Flowwow
do-shop-app-shown = Открыл(а) во Flowwow
shop-open = 🟢 <b>Магазин открыт</b>
shop-open-here = 🟢 <b>Магазин открыт здесь</b> · во Flowwow ещё скрыт
shop-hidden = ⚫ <b>Магазин скрыт</b>
shop-hidden-here = ⚫ <b>Магазин скрыт здесь</b> · во Flowwow ещё нет
shop-hidden-by = Скрыт: { $signed }
shop-until = Откроется сам: { $clock }, { $left }
shop-open-end = Откроется, когда откроете здесь.
shop-was-hidden = Скрывали: { $signed }. Открыт: { $reopened }
shop-by-itself = { $when }, сам
shop-app-hide = Скройте его в приложении Flowwow: «Заказы», бегунок справа вверху. Бот этого не может. До тех пор новые заказы приходят.
shop-app-hidden = В приложении Flowwow скрыт: { $signed }
shop-app-show = Откройте его и в приложении Flowwow: «Заказы», бегунок справа вверху. Потом нажмите «Открыл(а) во Flowwow».
shop-goods = { $count ->
    [one] { $count } товар
    [few] { $count } товара
   *[other] { $count } товаров
}, в стоп-листе { $stopped }
shop-out = Закончились:
shop-behind = { $count ->
    [one] Ещё не отмечен во Flowwow { $count } товар
    [few] Ещё не отмечены во Flowwow { $count } товара
   *[other] Ещё не отмечены во Flowwow { $count } товаров
}
shop-no-new = Новых заказов не будет.
shop-taken-none = Принятых заказов сейчас нет.
shop-taken = { $count ->
    [one] Уже поступивший заказ выполняем, он не отменяется:
   *[other] Уже поступившие заказы ({ $count }) выполняем, они не отменяются:
}
shop-more = и ещё { $count }
shop-when = Когда магазину открыться самому? За несколько минут до этого бот напомнит.
shop-for-1 = Через 1 час
shop-for-2 = Через 2 часа
shop-for-4 = Через 4 часа
shop-for-tomorrow = Завтра к открытию
shop-for-open = Открою вручную
shop-longer-1 = Ещё 1 час
shop-longer-2 = Ещё 2 часа
shop-not-reopened = ⚫ <b>Магазин не открылся сам</b> из-за ошибки бота. Если его время вышло, откройте его кнопкой.
shop-reopens = ⚫ <b>Магазин скоро откроется сам:</b> { $clock }, { $left }
toast-shop-hidden = Скрыт здесь. Теперь скройте его во Flowwow
toast-shop-open = Магазин открыт
toast-shop-until = Откроется сам: { $clock }
toast-shop-open-end = Сам не откроется
toast-shop-app = Отмечено
toast-shop-already-hidden = Магазин уже скрыт: { $signed }
toast-shop-already-open = Магазин уже открыт: { $signed }
toast-shop-never-hidden = Магазин и так открыт
toast-shop-already = Уже отмечено
toast-chiefs-goods = Магазин и товары скрывает директор или менеджер.
