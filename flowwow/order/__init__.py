"""Orders of the marketplace: webhook, polling, parsing, reconciliation, and calls after a step."""
