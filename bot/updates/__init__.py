"""Updates from Telegram: polling, webhook, decoding, flood limits, and dispatch to the handlers."""
