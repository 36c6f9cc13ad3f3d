"""Keeps a process that is not the leader of the database from sending."""
