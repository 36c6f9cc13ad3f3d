"""What is kept: tables, one module per entity, migrations, photo files and the local backup copy.

Functions take a connection inside a transaction (`Database.write()` or `.read()`) and speak the trade's
language; they hold no rules of the trade. Errors carry ids and stand in `storage.db.errors`.
"""
