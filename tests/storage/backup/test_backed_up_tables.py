from __future__ import annotations

import pytest

from storage.backup.backed_up_tables import TABLES
from storage.db import client_tables, support_tables, tables
from storage.db.columns import metadata

MODULES = (tables, client_tables, support_tables)
IN_DOCUMENTS = {
    "orders",
    "events",
    "raw_orders",
    "number_parts",
    "shops",
    "staff",
    "memberships",
    "spare_couriers",
}
"""The copy has them as whole orders and whole shops."""
NOT_KEPT = {
    # What Telegram and the marketplace hold, or give again.
    "account_claims", "card_messages", "cards", "client_photos", "group_refusals", "late_files",
    "shown_positions", "unread_updates", "waiting_updates", "webhook_events", "imports", "money_reports",
    "transactions",
    # What is on its way, and follows from the orders.
    "boards", "bells", "deadlines", "dialogues", "outbox", "passing_messages", "routes",
    "waiting_photos",
    # Who hears what in which group: chosen again in the chat.
    "group_members",
    # What is chosen and said for a day or two.
    "days_off", "load_advice",
    # The command menus that Telegram holds, and the lists of the first day, which /first shows again.
    "command_menus", "first_days",
    # What is set and noted for the day on which Telegram fails. The addresses hold passwords.
    "day_packs", "fallback_messages", "fallback_ways", "telegram_contact", "telegram_outages",
    "evening_reports",
}  # fmt: skip


@pytest.mark.requirement("X11")
def test_every_table_is_in_the_backup_copy_or_is_known_to_need_no_place_there() -> None:
    assert MODULES
    copied = {table.name for table in TABLES}
    assert copied & (IN_DOCUMENTS | NOT_KEPT) == set()
    assert set(metadata.tables) == copied | IN_DOCUMENTS | NOT_KEPT
