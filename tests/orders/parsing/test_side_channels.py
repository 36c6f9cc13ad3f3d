from __future__ import annotations

import pytest

from orders.parsing.side_channels import invites_elsewhere


@pytest.mark.requirement("R62")
@pytest.mark.parametrize(
    "words",
    [
        "напишите мне в вотсап",
        "Напишите, пожалуйста, в ватсап, тут неудобно",
        "давайте перейдём в телеграм",
        "скиньте фото в директ",
        "свяжитесь со мной по почте",
        "пришлите фото на почту",
        "у вас есть вотсап?",
        "какой у вас телеграм",
        "дайте ваш номер телефона",
        "Пишите в личку",
        "позвоните мне",
        "Спасибо. Лучше перезвоните мне сегодня",
        "please call me",
        "text me on WhatsApp",
        "could you message me via telegram",
        "what is your number?",
    ],
)
def test_an_invitation_to_another_channel_is_noticed(words: str) -> None:
    assert invites_elsewhere(words)


@pytest.mark.parametrize(
    "words",
    [
        "Напишите на открытке: С днём рождения!",
        "Позвоните мне, если Марии не будет дома",
        "Если никого нет, позвоните мне",
        "Call me if nobody is at home",
        "Позвоните в дверь",
        "Подпишите открытку от Игоря",
        "напишите номер заказа",
        "Оставьте у консьержа",
        "Фото отличное, спасибо",
        "Поставьте в вазу",
        "Write happy birthday on the card",
        "Доставка по адресу Почтовая 5",
    ],
)
def test_ordinary_words_are_none(words: str) -> None:
    assert not invites_elsewhere(words)
