"""The database: engines, transactions, tables, locks, errors, and the migrations."""
