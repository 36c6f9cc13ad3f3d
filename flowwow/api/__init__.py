"""The marketplace's seller API over HTTP."""
