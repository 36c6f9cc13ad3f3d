"""English translations of the sample orders; untranslated texts stay Russian."""

from typing import Any

_WORDS = {
    "Игорь": "Gregory",
    "Мария": "Maria",
    "Москва, Лесная ул., 5, кв. 12": "5 Forest Street, flat 12, Moscow",
    "Пионы «Облако», 15 шт": "Peonies “Cloud”, 15",
    "Размер": "Size",
    "Средний": "Medium",
    "Открытка": "Greeting card",
    "Домофон 12К, второй подъезд. Сюрприз: не звоните получателю заранее": (
        "Intercom 12K, second entrance. A surprise: do not call the recipient beforehand"
    ),
    "Позвоните мне, если Марии не будет дома": "Call me if Maria is not at home",
    "С днём рождения, мама! Люблю тебя. Игорь": "Happy birthday, mum! Love, Gregory",
    "Фикус лирата в кашпо, 90 см": "Fiddle-leaf fig in a pot, 90 cm",
    "Кашпо": "Pot",
    "Белое": "White",
    "Москва, Новослободская ул., 24, офис 310": "24 Novaya Street, office 310, Moscow",
    "Екатерина Сергеевна": "Catherine Stone",
    "Пропуск на Екатерину Сергеевну, вход со двора": "Pass for Catherine Stone, entrance from the yard",
    "Торт «Медовик» с ягодами, 1,5 кг": "Honey cake with berries, 1.5 kg",
    "Начинка": "Filling",
    "Сметанная": "Sour cream",
    "Свечи, 10 шт": "Candles, 10",
    "Надпись: «Лёве 7 лет». Без орехов, у ребёнка аллергия": (
        "Inscription: “Leo is 7”. No nuts, the child has an allergy"
    ),
    "Ольга": "Olga",
    "Набор чая «Вечер в горах», 6 сортов": "Tea set “Evening in the mountains”, 6 kinds",
    "Спасибо за помощь!": "Thank you for your help!",
    "Алексей": "Alex",
    "Ваза ручной работы «Берег»": "Hand-made vase “Shore”",
    "Цвет": "Colour",
    "Песочный": "Sand",
    "Упаковать в два слоя плёнки": "Wrap in two layers of film",
    "Нина Павловна": "Nina Powell",
    "Розы «Эквадор», 51 шт": "Roses “Ecuador”, 51",
    "Длина": "Length",
    "70 см": "70 cm",
    "Эустома белая, 9 шт": "White eustoma, 9",
    "Корзина с гортензией": "Basket with a hydrangea",
    "Макаруны, 12 шт": "Macarons, 12",
    "Воздушные шары, 7 шт": "Balloons, 7",
    "Любимой жене. 20 лет вместе!": "To my dear wife. 20 years together!",
    "Охрана на въезде, назовите номер дома": "Security at the gate, give the house number",
    "Тюльпаны, 25 шт": "Tulips, 25",
    "Жёлтые": "Yellow",
    "Заберу сам по дороге с работы": "I'll collect it on my way from work",
    "Букет дня": "Bouquet of the day",
    "Гортензии «Утро», 7 шт": "Hydrangeas “Morning”, 7",
    "Доброе утро!": "Good morning!",
    "Анастасия": "Anastasia",
    "Ромашки в крафте": "Daisies in kraft paper",
    "Как можно скорее, пожалуйста": "As soon as possible, please",
}


def in_english(fields: dict[str, Any]) -> dict[str, Any]:
    """Return the order's fields translated."""
    return {name: _translated(value) for name, value in fields.items()}


def _translated(value: object) -> object:
    if isinstance(value, str):
        return _WORDS.get(value, value)
    if isinstance(value, dict):
        return {name: _translated(one) for name, one in value.items()}
    return [_translated(one) for one in value] if isinstance(value, list) else value
