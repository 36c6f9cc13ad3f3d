"""The client's word on the photo, as staff pass it on (R26, R32, R33)."""

from __future__ import annotations

import pytest

from messages.callbacks.order import Answer, Do
from tests.pictures import a_jpeg
from tests.scenarios.photo.versions import has_note
from tests.scenarios.stage import Stage
from tests.scenarios.steps import (
    assert_refused,
    choose_answer,
    force,
    history,
    photographed,
    question,
    step,
    upload,
    write_answer,
)


@pytest.mark.requirement("R26")
async def test_the_client_likes_it(stage: Stage) -> None:
    number = await photographed(stage)
    await stage.card("florist", number, "Клиент его ещё не видит")
    toast = await step(stage, "florist", number, "Клиенту нравится")
    assert toast.text == "Оценка записана."
    await stage.card("director", number, "Клиенту фото нравится")
    rating = (await stage.order(number)).progress.rating
    assert rating is not None
    assert rating.liked


@pytest.mark.requirement("R26", "R32")
@pytest.mark.parametrize("words", ["Цвет не тот", "Лента розовая, а просили белую"])
async def test_a_complaint_is_asked_for_and_kept(stage: Stage, words: str) -> None:
    number = await photographed(stage)
    toast = await step(stage, "florist", number, "Клиент просит поправить")
    assert toast.text == "Ответьте на вопрос ниже"
    assert (await stage.order(number)).progress.rating is None
    if words == "Цвет не тот":
        assert (await choose_answer(stage, "florist", number, words)).text == "Оценка записана."
    else:
        below = await write_answer(stage, "florist", number, words)
        assert below.silent
        assert below.button_texts[0] == "Загрузить фото"

    await stage.card("director", number, f"Клиент просит поправить: {words}")
    rating = (await stage.order(number)).progress.rating
    assert rating is not None
    assert (rating.liked, rating.complaint, rating.photo_version) == (False, words, 1)
    assert any(words in line for line in await history(stage, "director", number))


@pytest.mark.requirement("R33")
async def test_after_a_complaint_the_next_step_is_a_new_photo(stage: Stage) -> None:
    number = await photographed(stage)
    await step(stage, "florist", number, "Клиент просит поправить")
    await choose_answer(stage, "florist", number, "Нет открытки")
    card = await stage.card("florist", number, "просит поправить")
    assert card.button_texts[0] == "Загрузить фото"
    await stage.tap("florist", number, "Загрузить фото")
    await upload(stage, "florist", number, a_jpeg("#654321"))
    card = await stage.card("florist", number, "Поправлено по просьбе: Нет открытки")
    assert "Клиент его ещё не видит" in card.text
    assert (await stage.order(number)).progress.rating is None


@pytest.mark.requirement("R26")
async def test_a_question_that_is_cancelled_changes_nothing(stage: Stage) -> None:
    number = await photographed(stage)
    before = await stage.left_by_staff(number)
    await step(stage, "florist", number, "Клиент просит поправить")
    assert "что именно не понравилось" in (await question(stage, "florist", number)).text
    toast = await choose_answer(stage, "florist", number, "Отмена")
    assert toast.text == "Ничего не изменено"
    card = await stage.card("florist", number)
    late = await stage.driver.forge("florist", card.message_id, Answer(index=0).pack())
    assert late.text == "Этот вопрос уже закрыт"
    assert await stage.left_by_staff(number) == before
    await stage.driver.text("florist", "Цвет не тот")
    await has_note(stage, number, "Цвет не тот")  # said of the order, and no complaint
    assert (await stage.order(number)).progress.rating is None


@pytest.mark.requirement("R2", "R26")
async def test_the_question_is_put_in_the_persons_language(stage: Stage) -> None:
    await stage.hire("helen")
    number = await photographed(stage)
    toast = await force(stage, "helen", number, Do.DISLIKED)
    assert toast.text == "Please answer the question below"
    asked = await stage.driver.wait_message("helen", containing="what exactly did the client not like?")
    toast = await stage.driver.press("helen", asked.message_id, "Wrong colour")
    assert toast.text == "The rating is noted."
    await stage.card("director", number, "Клиент просит поправить: Wrong colour")


@pytest.mark.requirement("R26")
async def test_there_is_no_rating_without_a_photo(stage: Stage) -> None:
    number = await stage.assigned()
    words = "Заказ принят, этот шаг пока невозможен. Откройте карточку заново."
    await assert_refused(stage, "florist", number, Do.LIKED, words)
