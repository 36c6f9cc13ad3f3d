"""Dialogue states, and the questions that the bot asks when a rule requires words.

A command is passed to the desk as it is. If the desk refuses because words are missing, the bot asks the
question of that reason. The command waits in the dialogue's data, which is stored in the database, so that a
restart loses nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, cast, get_args

from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import Message
from pydantic import TypeAdapter

from orders.model.refusals import Reason
from orders.model.rules import ShopRules
from orders.parsing.courier_answers import says_no_contact
from orders.steps import commands as do
from orders.steps import redirect_texts
from services.phones import phone_finder, split_courier
from storage.updates.fsm_storage import DatabaseStorage


class Waiting(StatesGroup):
    """Dialogue states: what the next message of this person is about."""

    words = State()
    preview = State()
    picture = State()
    position = State()
    colleague = State()
    colleague_name = State()
    invited = State()
    personal = State()
    shop_name = State()
    shop_value = State()
    shop_rule = State()
    draft = State()
    spare = State()
    guide = State()
    support = State()
    claim = State()
    receipt = State()
    gift = State()
    branded = State()
    fallback = State()
    way = State()
    photo_order = State()


async def open_dialogue(
    state: FSMContext, to: State | None, data: Mapping[str, Any], answer: Message | None = None
) -> None:
    """Store state and data of a dialogue in one transaction (X3).

    `answer`: the message that answered the question before; its repetition is then recognised (`Repeated`).
    """
    await _storage_of(state).put(state.key, to, data, answer.message_id if answer is not None else None)


async def finish_dialogue(state: FSMContext, answer: Message) -> None:
    """End the dialogue with its last answer."""
    await open_dialogue(state, None, {}, answer)


async def is_repeated(state: FSMContext, message: Message) -> bool:
    """Whether this message was taken as an answer already, and Telegram sends it again."""
    return await _storage_of(state).is_answer(state.key, message.message_id)


def _storage_of(state: FSMContext) -> DatabaseStorage:
    if not isinstance(state.storage, DatabaseStorage):
        raise TypeError("dialogues are kept in the database")
    return state.storage


FIELDS: dict[Reason, str] = {
    Reason.PHOTO_REASON_NEEDED: "reason",
    Reason.NEW_PHOTO_REASON_NEEDED: "reason",
    Reason.CARRIER_REASON_NEEDED: "reason",
    Reason.DECLINE_REASON_NEEDED: "reason",
    Reason.REASON_NEEDED: "reason",
    Reason.RETURN_REASON_NEEDED: "reason",
    Reason.HANDBACK_REASON_NEEDED: "reason",
    Reason.EARLY_NEEDED: "early",
    Reason.CODE_NEEDED: "code",
    Reason.PICKUP_CODE_NEEDED: "code",
    Reason.NO_CODE_REASON_NEEDED: "without_proof",
    Reason.NO_PROOF_REASON_NEEDED: "without_proof",
    Reason.TO_SHOP_NEEDED: "words",
    Reason.TO_COURIER_NEEDED: "words",
    Reason.TO_SELLER_NEEDED: "words",
    Reason.COMMENT_NEEDED: "comment",
    Reason.AGREED_WORDS_NEEDED: "agreed_words",
    Reason.COMPLAINT_NEEDED: "complaint",
    Reason.CHANGE_NEEDED: "agreed_change",
    Reason.NEW_ADDRESS_NEEDED: "address",
    Reason.NEW_TIME_NEEDED: "window",
    Reason.NAME_NEEDED: "name",
    Reason.CONTACT_NEEDED: "phone",
    Reason.WINDOW_NEEDED: "words",
    Reason.WINDOW_UNCLEAR: "words",
    Reason.SUBSTITUTE_NEEDED: "words",
    Reason.SURCHARGE_NEEDED: "words",
    Reason.SUM_UNCLEAR: "words",
    Reason.DIFFERENCE_UNCLEAR: "words",
    Reason.THIRD_PERSON_NEEDED: "words",
    Reason.YES_WORDS_NEEDED: "words",
    Reason.NO_WORDS_NEEDED: "words",
    Reason.WITHDRAWAL_REASON_NEEDED: "reason",
    Reason.PHONE_REASON_NEEDED: "reason",
    Reason.DISPUTE_WORDS_NEEDED: "words",
    Reason.DISPUTE_RESULT_NEEDED: "words",
    Reason.PHONE_CALL_NEEDED: "words",
    Reason.TWO_COURIERS: "two_couriers",
    Reason.COST_NEEDED: "cost",
    Reason.ADDRESS_NEEDED: "address",
    Reason.LEAVE_ADDRESS_NEEDED: "without_address",
}
"""Refusals that words can resolve, with the field of the command that the words fill."""

_NO_PHOTO = frozenset({Reason.PHOTO_REASON_NEEDED, Reason.NEW_PHOTO_REASON_NEEDED})

PATIENCE = timedelta(hours=1)
"""How long a question accepts an answer; later messages are about something else."""

_COMMANDS: dict[str, type[do.Command]] = {kind.__name__: kind for kind in get_args(do.Command)}


@dataclass(frozen=True, slots=True)
class Question:
    """A command that waits for words. `message` is the id of the question's message in the chat."""

    order: int
    command: do.Command
    reason: Reason
    asked_at: datetime
    message: int = 0

    def is_open(self, now: datetime) -> bool:
        return now - self.asked_at < PATIENCE

    def answered(self, words: str, rules: ShopRules, now: datetime) -> do.Command:
        """Returns the command with the words filled in, parsed by the shop's country and time zone."""
        if isinstance(self.command, do.Redispatch):
            return self._elsewhere(self.command, words, rules, now.astimezone(rules.zone))
        fields: dict[str, str | bool] = {FIELDS[self.reason]: words}
        if self.reason in {Reason.NAME_NEEDED, Reason.CONTACT_NEEDED}:
            name, phone, link = split_courier(words, rules.country)
            fields = {"phone": phone, "link": link}
            if self.reason is Reason.NAME_NEEDED:
                fields["name"] = name
            else:
                fields["has_no_contact"] = says_no_contact(words)
        if self.reason in _NO_PHOTO and isinstance(self.command, do.Complete):
            fields = {"without_photo": words}
        answered: do.Command = replace(cast("Any", self.command), **fields)
        return answered

    def _elsewhere(
        self, command: do.Redispatch, words: str, rules: ShopRules, now: datetime
    ) -> do.Redispatch:
        if self.reason is Reason.NEW_ADDRESS_NEEDED:
            return redirect_texts.with_address(command, words)
        if self.reason is Reason.NEW_TIME_NEEDED:
            return redirect_texts.with_time(command, words, now)
        return redirect_texts.with_agreed(command, words, now, phone_finder(rules.country))

    def dump(self) -> dict[str, Any]:
        return {
            "order": self.order,
            "command": type(self.command).__name__,
            "values": TypeAdapter(type(self.command)).dump_python(self.command, mode="json"),
            "reason": self.reason.value,
            "asked_at": self.asked_at.isoformat(),
            "message": self.message,
        }

    @classmethod
    def load(cls, data: dict[str, Any]) -> Question:
        kind = _COMMANDS[data["command"]]
        command: do.Command = TypeAdapter(kind).validate_python(data["values"])
        asked_at = datetime.fromisoformat(data["asked_at"])
        return cls(data["order"], command, Reason(data["reason"]), asked_at, data["message"])


async def open_question(state: FSMContext) -> Question | None:
    """Returns the question that waits for words, even if it is too old; None if there is none."""
    if await state.get_state() != Waiting.words.state:
        return None
    return Question.load(await state.get_data())
