"""The address of a shop's product feed (R61), which the marketplace's support is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from storage.shop.shops import Shop


@dataclass(frozen=True, slots=True)
class FeedAddresses:
    """The secrets of all feeds, and the bot's own address.

    `site`: the bot's address on the internet, empty where unknown. `own`: the secret of the settings' shop.
    `others`: those of shops that were added in the chat, by their ids at the marketplace.
    """

    site: str = ""
    own: str = ""
    others: Mapping[int, str] = field(default_factory=dict)

    def of(self, shop: Shop) -> str:
        """The address of the shop's feed; without a site only its path; empty where the shop has no feed."""
        secret = self.others.get(shop.marketplace_id or 0, "")
        if shop.of_settings and self.own:
            secret = self.own
        return f"{self.site.rstrip('/')}/feed/{secret}.xml" if secret else ""
