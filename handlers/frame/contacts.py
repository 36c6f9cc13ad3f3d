"""Contacts identify a person only if they are the sender's own, sent by «Отправить контакт» (R17)."""

from __future__ import annotations

from aiogram.types import Message, User

from messages.i18n.untrusted_text import clean
from services.phones import card_phone

LONGEST_NAME = 60


def own_phone(message: Message) -> str | None:
    """Returns the sender's own phone in E.164, verified by Telegram; None if the contact proves nothing.

    Telegram adds the sender's id to a contact sent by the button. A forwarded contact keeps that id with the
    phone of the day when it was first sent, and the number may belong to somebody else by now. So a contact
    that was forwarded, sent through an inline bot, or scheduled is refused.
    """
    contact, sender = message.contact, message.from_user
    if contact is None or sender is None or contact.user_id != sender.id or is_second_hand(message):
        return None
    return card_phone(contact.phone_number)


def is_second_hand(message: Message) -> bool:
    """Whether the message was not sent by the button just now."""
    return bool(
        message.forward_origin
        or message.via_bot
        or message.external_reply
        or message.sender_business_bot
        or message.is_automatic_forward
        or message.is_from_offline
    )


def refusal_key(message: Message) -> str:
    """The key of the text that explains why a contact was refused."""
    return "start-second-hand-contact" if is_second_hand(message) else "start-foreign-contact"


def profile_name(sender: User) -> str:
    """The person's name in Telegram, cut to fit the staff list."""
    return clean(sender.full_name, LONGEST_NAME)
