"""Updates from Telegram: polling and webhook, decoding, flood limits, feeding the handlers."""
