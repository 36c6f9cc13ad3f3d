from __future__ import annotations

from tests.storage.conftest import migrated

__all__ = ["migrated"]
