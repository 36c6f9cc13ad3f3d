"""Sample orders: common ones, and edge cases."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.config import Shop
from sandbox.marketplace.categories import Category
from sandbox.marketplace.codes import DeliveryTime, DeliveryType, Status
from sandbox.marketplace.goods import Product, add_on, main, total

Fields = dict[str, Any]
Builder = Callable[[datetime], Fields]

HOUR = timedelta(hours=1)
CLIENT = {"name": "Игорь", "phone": "+79990000004"}
MARIA = {"name": "Мария", "phone": "+79990000055"}
FOREST = "Москва, Лесная ул., 5, кв. 12"
RIGHT_TO_LEFT = "\u202e"


@dataclass(frozen=True)
class Sample:
    """A sample order; the labels are for the page, in Russian and English."""

    key: str
    label: str
    label_en: str
    build: Builder


def sample_fields(sample: Sample, shop: Shop, now: datetime, origin: str) -> Fields:
    """Create an order's fields for now, in the shop's zone and currency; picture URLs begin with `origin`."""
    fields = _common(now) | sample.build(now.astimezone(ZoneInfo(shop.timezone)))
    for product in fields.get("products") or []:
        product["currencyCode"] = shop.currency
        product["images"] = [origin + path for path in product["images"]]
    return fields


def _common(now: datetime) -> Fields:
    return {
        "createdDate": int(now.timestamp()),
        "status": int(Status.NEW),
        "deliveryType": int(DeliveryType.COURIER),
        "deliveryTimeType": int(DeliveryTime.INTERVAL),
        "address": FOREST,
        "courierInfo": "",
        "shopAdditionalInfo": "",
        "comment": None,
        "message": "",
        "photoBeforeUrl": None,
        "photoAfterUrl": None,
        "sourceHost": "flowwow.com",
        "user": CLIENT,
        "recipient": MARIA,
    }


def _in_hours(now: datetime, hours: int, length: int = 1) -> Fields:
    """A window `length` hours long that begins on the full hour nearest to `hours` hours from now."""
    begin = (now + hours * HOUR).replace(minute=0, second=0, microsecond=0)
    begin = begin if begin >= now + hours * HOUR - timedelta(minutes=30) else begin + HOUR
    return _window(begin, length * HOUR)


def _tomorrow(now: datetime, hour: int) -> Fields:
    day = (now + timedelta(days=1)).date()
    return _window(datetime.combine(day, time(hour), now.tzinfo), HOUR)


def _window(begin: datetime, length: timedelta) -> Fields:
    return {"deliveryDateFrom": int(begin.timestamp()), "deliveryDateTo": int((begin + length).timestamp())}


def _goods(*products: Product) -> Fields:
    lines = list(products)
    return {"products": lines, "price": total(lines)}


def _bouquet(now: datetime) -> Fields:
    return {
        **_goods(
            main("Пионы «Облако», 15 шт", "4900.00", Category.FLOWERS, Размер="Средний"),
            add_on("Открытка", "0.00"),
        ),
        **_in_hours(now, 2),
        "courierInfo": "Домофон 12К, второй подъезд. Сюрприз: не звоните получателю заранее",
        "comment": "Позвоните мне, если Марии не будет дома",
        "message": "С днём рождения, мама! Люблю тебя. Игорь",
    }


def _plant(now: datetime) -> Fields:
    return {
        **_goods(main("Фикус лирата в кашпо, 90 см", "6750.00", Category.PLANTS, Кашпо="Белое")),
        **_in_hours(now, 4, 2),
        "address": "Москва, Новослободская ул., 24, офис 310",
        "recipient": {"name": "Екатерина Сергеевна", "phone": "+79990000056"},
        "courierInfo": "Пропуск на Екатерину Сергеевну, вход со двора",
    }


def _cake(now: datetime) -> Fields:
    return {
        **_goods(
            main("Торт «Медовик» с ягодами, 1,5 кг", "3200.00", Category.PASTRY, Начинка="Сметанная"),
            add_on("Свечи, 10 шт", "150.00", Category.PASTRY),
        ),
        **_in_hours(now, 3),
        "comment": "Надпись: «Лёве 7 лет». Без орехов, у ребёнка аллергия",
        "recipient": {"name": "Ольга", "phone": "+79990000057"},
    }


def _tea(now: datetime) -> Fields:
    return {
        **_goods(
            main("Набор чая «Вечер в горах», 6 сортов", "2150.00", Category.TEA),
            add_on("Открытка", "0.00"),
        ),
        **_in_hours(now, 5, 2),
        "message": "Спасибо за помощь!",
        "user": {"name": "Алексей", "phone": "+79990000058"},
    }


def _handmade(now: datetime) -> Fields:
    return {
        **_goods(main("Ваза ручной работы «Берег»", "5400.00", Category.HANDMADE, Цвет="Песочный")),
        **_in_hours(now, 6, 2),
        "shopAdditionalInfo": "Упаковать в два слоя плёнки",
        "recipient": {"name": "Нина Павловна", "phone": "+79990000059"},
    }


def _big(now: datetime) -> Fields:
    return {
        **_goods(
            main("Розы «Эквадор», 51 шт", "12900.00", Category.FLOWERS, Длина="70 см"),
            main("Эустома белая, 9 шт", "2900.00", Category.FLOWERS),
            main("Корзина с гортензией", "5600.00", Category.FLOWERS, count=2),
            main("Макаруны, 12 шт", "1450.00", Category.PASTRY),
            add_on("Воздушные шары, 7 шт", "1190.00"),
            add_on("Открытка", "0.00"),
        ),
        **_in_hours(now, 3, 2),
        "message": "Любимой жене. 20 лет вместе!",
        "courierInfo": "Охрана на въезде, назовите номер дома",
    }


def _pickup(now: datetime) -> Fields:
    return {
        **_goods(main("Тюльпаны, 25 шт", "2500.00", Category.FLOWERS, Цвет="Жёлтые")),
        **_in_hours(now, 1),
        "deliveryType": int(DeliveryType.PICKUP),
        "address": None,
        "recipient": None,
        "comment": "Заберу сам по дороге с работы",
    }


def _sparse(now: datetime) -> Fields:
    """An order with most fields missing."""
    line = main("Букет дня", "1990.00", Category.FLOWERS)
    for name in ("categoryId", "description", "selectedProperties", "discount"):
        del line[name]
    line |= {"offerId": None, "productId": None}
    missing = dict.fromkeys(
        ("deliveryDateTo", "deliveryTimeType", "address", "courierInfo", "user", "recipient")
    )
    return {**_goods(line), **_in_hours(now, 2), **missing, "message": None, "price": None}


def _hostile(now: datetime) -> Fields:
    """An order with hostile texts, to test escaping and limits."""
    return {
        **_goods(
            main(
                f"<b>Розы</b> & <script>alert(1)</script> {RIGHT_TO_LEFT}ыбзор", "3333.33", Category.FLOWERS
            ),
            add_on("👩‍🚀🌹" * 40, "0.00"),
        ),
        **_in_hours(now, 2),
        "comment": "Очень длинный комментарий </b><a href='javascript:alert(1)'>нажмите</a> " * 120,
        "message": f"{RIGHT_TO_LEFT}С праздником{RIGHT_TO_LEFT} <i>&amp; &lt;3</i> \u0000\u0007",
        "address": "Санкт-Петербург, <u>Невский</u> пр., 1\n\n\n\tкв. «Ё» \\ {0} %s",
        "user": {"name": "Роберт'); DROP TABLE orders;--", "phone": "не скажу"},
        "recipient": {"name": "🌸" * 600, "phone": "+7 (999) 000-00-60 доб. 12"},
    }


def _next_morning(now: datetime) -> Fields:
    return {
        **_goods(
            main("Гортензии «Утро», 7 шт", "5200.00", Category.FLOWERS),
            add_on("Открытка", "0.00"),
        ),
        **_tomorrow(now, 9),
        "message": "Доброе утро!",
        "recipient": {"name": "Анастасия", "phone": "+79990000061"},
    }


def _soonest(now: datetime) -> Fields:
    begin = now + timedelta(minutes=50)
    return {
        **_goods(main("Ромашки в крафте", "1890.00", Category.FLOWERS)),
        **_window(begin, timedelta(minutes=40)),
        "deliveryTimeType": int(DeliveryTime.SOONEST),
        "comment": "Как можно скорее, пожалуйста",
    }


SAMPLES = {
    sample.key: sample
    for sample in (
        Sample(
            "bouquet", "Букет с открыткой, сегодня через 2 часа", "Bouquet with a card, in 2 hours", _bouquet
        ),
        Sample("asap", "Как можно скорее", "As soon as possible", _soonest),
        Sample("tomorrow", "На завтра утром", "Tomorrow morning", _next_morning),
        Sample("pickup", "Самовывоз", "Pickup", _pickup),
        Sample("plant", "Живое растение", "Live plant", _plant),
        Sample("cake", "Торт", "Cake", _cake),
        Sample("tea", "Чайный набор", "Tea set", _tea),
        Sample("handmade", "Ручная работа", "Handmade", _handmade),
        Sample("big", "Большой заказ, 6 строк", "Big order, 6 lines", _big),
        Sample("sparse", "Почти пустой: поля не заполнены", "Nearly empty: fields missing", _sparse),
        Sample(
            "hostile", "Вредный: HTML, эмодзи, длинные тексты", "Hostile: HTML, emoji, long texts", _hostile
        ),
    )
}
