"""The systemd unit keeps the bot to itself; its lines are read, since no systemd need be here."""

from __future__ import annotations

from pathlib import Path

import pytest

LINES = (Path(__file__).parents[1] / "deploy" / "florist.service").read_text(encoding="utf-8").splitlines()


@pytest.mark.requirement("R63")
@pytest.mark.parametrize(
    "line",
    [
        "UMask=0077",
        "ProtectSystem=strict",
        "ReadWritePaths=/var/lib/florist",
        "PrivateTmp=true",
        "NoNewPrivileges=true",
        "CapabilityBoundingSet=",
        "SystemCallFilter=@system-service",
        "RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX",
        "ProtectKernelTunables=true",
        "ProtectKernelModules=true",
        "ProtectKernelLogs=true",
        "RestartPreventExitStatus=2",
    ],
)
def test_the_unit_hardens_the_bot(line: str) -> None:
    assert line in LINES


def test_the_unit_opens_no_other_folder_and_ends_a_crash_loop() -> None:
    given = dict(line.split("=", 1) for line in LINES if "=" in line and not line.startswith("#"))
    assert [line for line in LINES if line.startswith("ReadWritePaths=")] == [
        "ReadWritePaths=/var/lib/florist"
    ]
    seconds = int(given["RestartSec"]) * int(given["StartLimitBurst"])
    assert 600 <= seconds < int(given["StartLimitIntervalSec"])
