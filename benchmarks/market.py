"""Runs the sandbox's marketplace with a given number of orders, in its own process."""

from __future__ import annotations

import argparse
import itertools
from datetime import UTC, datetime

from aiohttp import web

from benchmarks.processes import HOST
from sandbox.app import make_app
from sandbox.config import demo_config
from sandbox.marketplace.samples import SAMPLES, sample_fields
from sandbox.world import WORLD


def main() -> None:
    """Serve until stopped, without sending webhooks."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--orders", type=int, required=True)
    given = parser.parse_args()
    url = f"http://{HOST}:{given.port}"
    app = make_app(demo_config(url))
    market, shop = app[WORLD].market, app[WORLD].market.config.marketplace[0]
    samples = [sample for key, sample in SAMPLES.items() if key != "hostile"]
    for sample in itertools.islice(itertools.cycle(samples), given.orders):
        market.place(shop, sample_fields(sample, shop, datetime.now(UTC), url))
    web.run_app(app, host=HOST, port=given.port, access_log=None, print=None)


if __name__ == "__main__":
    main()
