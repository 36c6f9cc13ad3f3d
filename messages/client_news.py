"""What an event tells the client whom the order's card alone would not tell enough.

A proposal with its buttons, a delay: each is a screen made from the event and from the order as it is when
the message leaves. None: it is over by then, and is not told any more. Nothing of the staff and nothing of
the recipient belongs here; a button has a callback of its own, whose handler asks `client_for` of
`handlers.client_reception` whether the order is this chat's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from messages.screen import Screen
from messages.texts import Translator
from orders.events import Event
from orders.order import Order
from orders.rules import ShopRules

Teller = Callable[[Order, Any, ShopRules, datetime, Translator], Screen | None]
"""Given the order, the event, the shop's rules, the moment, and the client's language."""

NEWS: Mapping[type[Event], Teller] = {}
