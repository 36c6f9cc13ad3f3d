"""Runs the sandbox alone: `python -m sandbox --port 8080`."""

import argparse
import sys
from pathlib import Path

from aiohttp import web

from sandbox.app import make_app
from sandbox.config import SandboxConfig, demo_config


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8080)
    parser.add_argument(
        "--bot-url", default="http://127.0.0.1:8081", help="where the bot's web application answers"
    )
    parser.add_argument("--config", type=Path, help="a JSON file instead of the demo world")
    options = parser.parse_args()
    config = SandboxConfig.from_file(options.config) if options.config else demo_config(options.bot_url)
    web.run_app(make_app(config), host=options.host, port=options.port, print=_say)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()  # show the address at once in a pipe or file too


if __name__ == "__main__":
    main()
