"""Contacts that decide who somebody is: only one's own counts, sent by «Отправить контакт» (R17)."""

from __future__ import annotations

from aiogram.types import Message, User

from messages.i18n.untrusted_text import clean
from services.phones import card_phone

LONGEST_NAME = 60


def own_phone(message: Message) -> str | None:
    """The sender's own phone in E.164, by Telegram's word; None where the contact proves nothing.

    Telegram adds the sender's id to the contact that the button sends. Forwarding keeps that id together with
    the phone of the day on which the contact was first sent, and the number may belong to somebody else by
    now. So a contact is refused that was forwarded, came from an inline bot, or was scheduled.
    """
    contact, sender = message.contact, message.from_user
    if contact is None or sender is None or contact.user_id != sender.id or is_second_hand(message):
        return None
    return card_phone(contact.phone_number)


def is_second_hand(message: Message) -> bool:
    """Whether the message shows that the button did not send it just now."""
    return bool(
        message.forward_origin
        or message.via_bot
        or message.external_reply
        or message.sender_business_bot
        or message.is_automatic_forward
        or message.is_from_offline
    )


def refusal_key(message: Message) -> str:
    """The text that tells why a contact was refused."""
    return "start-second-hand-contact" if is_second_hand(message) else "start-foreign-contact"


def profile_name(sender: User) -> str:
    """How a person calls themselves in Telegram, fit for the staff list."""
    return clean(sender.full_name, LONGEST_NAME)
