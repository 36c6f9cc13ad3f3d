from tests.services.conftest import clock, database, elsewhere, path, with_shops

__all__ = ["clock", "database", "elsewhere", "path", "with_shops"]
