"""Staff, invitations, and claims of another Telegram account."""
