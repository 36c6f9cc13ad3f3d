"""The sandbox's Telegram, as the sandbox's own tests have it."""

from tests.sandbox.conftest import clock, configure, met, receiver, sandbox

__all__ = ["clock", "configure", "met", "receiver", "sandbox"]
