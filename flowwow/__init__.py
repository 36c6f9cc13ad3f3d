"""The marketplace: its seller API, its signed webhook, and how its orders become ours."""
