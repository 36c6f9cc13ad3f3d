from tests.services.conftest import clock, database, elsewhere, migrated, path

__all__ = ["clock", "database", "elsewhere", "migrated", "path"]
