"""The fixtures of the sandbox's own tests."""

from tests.sandbox.conftest import clock, configure, met, receiver, sandbox

__all__ = ["clock", "configure", "met", "receiver", "sandbox"]
