"""Storage: tables, one module per entity, migrations, photo files and the local backup copy.

Functions take a connection inside a transaction (`Database.write()` or `.read()`), use the terms of the
domain and contain no domain rules. Errors contain ids and are defined in `storage.db.errors`.
"""
