"""What the runner can do: rooms above plug in their handlers of jobs and their duties when the app is wired."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from lms.jobs.context import JobContext

__all__ = ["Duty", "Handler", "JobContext", "duties", "duty", "handlers", "job"]

Handler = Callable[[JobContext], Mapping[str, Any] | None]
DutyFunction = Callable[[], object]


@dataclass(frozen=True)
class Duty:
    """Work done every ``every``, by one process at a time."""

    name: str
    every: timedelta
    run: DutyFunction


handlers: dict[str, Handler] = {}
duties: dict[str, Duty] = {}


def job(kind: str) -> Callable[[Handler], Handler]:
    """Register the handler of jobs of ``kind``, such as ``import.read``.

    A handler runs in an app context of its own and returns its result as JSON; a result's ``next_url`` is where
    the person who waits goes next. Operations it calls last are left uncommitted: the runner commits them
    together with the end of the job, so that they happen exactly once. What a handler commits before that may
    happen again after a crash. A ``DomainError`` ends the job with its message; any other error is tried again,
    three times in all.
    """

    def register(handler: Handler) -> Handler:
        if handlers.setdefault(kind, handler) is not handler:
            raise ValueError(f"two handlers for jobs of kind {kind!r}")
        return handler

    return register


def duty(name: str, every: timedelta) -> Callable[[DutyFunction], DutyFunction]:
    """Register a function without arguments to be called every ``every``, first at the runner's start.

    It runs in an app context of its own, beside jobs and other duties, never twice at once. What it leaves
    uncommitted is committed. An error is logged and the next turn comes a few seconds later.
    """

    def register(function: DutyFunction) -> DutyFunction:
        known = duties.setdefault(name, Duty(name, every, function))
        if known.run is not function:
            raise ValueError(f"two duties named {name!r}")
        return function

    return register
