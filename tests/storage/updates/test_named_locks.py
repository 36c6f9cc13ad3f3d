"""Locks by name, of the tasks of one process."""

from __future__ import annotations

import asyncio

import pytest

from storage.updates.named_locks import NamedLocks


async def test_of_two_who_want_the_same_name_one_waits_for_the_other() -> None:
    locks, inside, most = NamedLocks(), 0, 0

    async def work() -> None:
        nonlocal inside, most
        async with locks.hold("Анна"):
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)
            inside -= 1

    await asyncio.gather(*(work() for _ in range(15)))
    assert most == 1


async def test_who_wants_another_name_waits_for_nobody_and_a_failure_frees_the_lock() -> None:
    locks = NamedLocks()
    with pytest.raises(ZeroDivisionError):
        async with locks.hold("Анна"), locks.hold("Вера"):
            raise ZeroDivisionError
    async with asyncio.timeout(30), locks.hold("Анна"):
        pass
