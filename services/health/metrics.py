"""Metrics of the bot for monitoring, in Prometheus format.

Labels are terms of the domain and of the program: never a name, an id of a person, a phone or a token (R63).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

from orders.model.people import Role
from orders.model.refusals import Refusal
from orders.model.status import Step
from services.health.troubles import TroubleKind
from storage.sending.outbox import AnyRow, Kind
from storage.sending.outbox_depth import Depth

_LAGS = (0.5, 1, 2, 5, 10, 30, 60, 300)


class Metrics:
    """The metrics of one process; those counted in the database are the same for all that share it."""

    def __init__(self) -> None:
        registry = self.registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        self._steps = Counter(
            "florist_steps", "Steps that were asked for.", ["step", "role", "result"], registry=registry
        )
        self._sent = Counter(
            "florist_sent", "Rows of the outbox sent.", ["channel", "kind"], registry=registry
        )
        self._send_errors = Counter(
            "florist_send_errors", "Tries that failed.", ["channel", "error"], registry=registry
        )
        self._alarm_lag = Histogram(
            "florist_alarm_lag_seconds", "From due to sent.", buckets=_LAGS, registry=registry
        )
        self._marketplace_errors = Counter(
            "florist_marketplace_errors", "Calls to the marketplace that failed.", ["error"],
            registry=registry,
        )  # fmt: skip
        self._orders_came = Counter(
            "florist_orders_came", "Orders taken in or changed, by the way they came.", ["way", "what"],
            registry=registry,
        )  # fmt: skip
        self._rounds = Counter(
            "florist_sync_rounds", "Rounds of polling and reconciliation.", ["kind", "result"],
            registry=registry,
        )  # fmt: skip
        self._job_failures = Counter(
            "florist_job_failures", "Failures of background jobs, each started again.", ["job"],
            registry=registry,
        )  # fmt: skip
        self._updates = Counter(
            "florist_updates", "Updates of Telegram, by what became of them.", ["result"], registry=registry
        )
        self._photos = Counter("florist_photos_kept", "Photos written to disk.", registry=registry)
        self._rows = Gauge(
            "florist_outbox_rows", "Rows of the outbox.", ["channel", "priority", "state"], registry=registry
        )
        self._oldest = Gauge(
            "florist_outbox_oldest_seconds", "Age of the oldest.", ["channel", "priority", "state"],
            registry=registry,
        )  # fmt: skip
        self._overdue = Gauge(
            "florist_deadline_overdue_seconds", "How long a deadline waits to fire.", registry=registry
        )
        self._database_up = Gauge("florist_database_up", "Whether the database answers.", registry=registry)
        self._troubles = Gauge(
            "florist_trouble", "1 while the directors are told of it.", ["kind"], registry=registry
        )

    @contextmanager
    def step(self, step: Step, role: Role) -> Iterator[None]:
        """Count the result of a step: done, the reason of its refusal, or failed."""
        result = "failed"
        try:
            yield
            result = "done"
        except Refusal as refused:
            result = refused.reason.value
            raise
        finally:
            self._steps.labels(step.value, role.value, result).inc()

    @contextmanager
    def sending(self, row: AnyRow, now: datetime) -> Iterator[None]:
        """Count one attempt to send a row; a sent alarm records its delay."""
        try:
            yield
        except Exception as error:
            self._send_errors.labels(row.channel.value, type(error).__name__).inc()
            raise
        self._sent.labels(row.channel.value, str(row.kind)).inc()
        if row.kind in {Kind.ALARM, Kind.BELL} and row.sound:
            self._alarm_lag.observe(max(0.0, (now - row.created_at).total_seconds()))

    def marketplace_error(self, error: Exception) -> None:
        self._marketplace_errors.labels(type(error).__name__).inc()

    def order_came(self, way: str, what: str) -> None:
        """`what` is "new" or "changed"."""
        self._orders_came.labels(way, what).inc()

    def round_ended(self, kind: str, result: str) -> None:
        """Count a round of polling or reconciliation; `result` is "done" or the name of the error."""
        self._rounds.labels(kind, result).inc()

    def job_failed(self, job: str) -> None:
        """Count a failure of a background job, which is then restarted."""
        self._job_failures.labels(job).inc()

    def update_came(self, result: str) -> None:
        """`result` is "read", "read_in_part", "unreadable" or "passed_over"."""
        self._updates.labels(result).inc()

    def photo_kept(self) -> None:
        self._photos.inc()

    def database_counted(self, depths: Iterable[Depth], due_at: datetime | None, now: datetime) -> None:
        """Set the metrics that were read from the database."""
        self._forget_counts()
        self._database_up.set(1)
        self._overdue.set(max(0.0, (now - due_at).total_seconds()) if due_at else 0)
        for depth in depths:
            place = (depth.channel.value, depth.priority.name.lower(), depth.state.value)
            self._rows.labels(*place).set(depth.rows)
            self._oldest.labels(*place).set(max(0.0, (now - depth.oldest).total_seconds()))

    def database_silent(self) -> None:
        """The database did not answer: clear its metrics, as old values would look like current ones."""
        self._forget_counts()
        self._database_up.set(0)

    def page(self, troubles: Collection[TroubleKind]) -> bytes:
        """All metrics as text."""
        for kind in TroubleKind:
            self._troubles.labels(kind.value).set(kind in troubles)
        return generate_latest(self.registry)

    def _forget_counts(self) -> None:
        self._rows.clear()
        self._oldest.clear()
        self._overdue.set(float("nan"))
