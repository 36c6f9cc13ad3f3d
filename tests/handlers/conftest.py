from __future__ import annotations

from tests.handlers.test_open_dialogues import shop

__all__ = ["shop"]
