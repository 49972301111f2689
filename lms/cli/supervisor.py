"""Processes that are kept running: started, asked whether they are up, started again when they die, stopped."""

import ctypes
import os
import select
import signal
import socket
import subprocess
import sys
import time
from threading import Event

LOOK_EVERY = 0.25
FIRST_DELAY = 0.5
LONGEST_DELAY = 30.0
HEALTHY_AFTER = 60.0
"""A child that lived this many seconds is restarted without a longer delay."""
UP_WITHIN = 180.0
PR_SET_PDEATHSIG = 1


def say(text: str, *, problem: bool = False) -> None:
    """A line for whoever started the server."""
    print(text, file=sys.stderr if problem else sys.stdout, flush=True)


def _die_with_parent() -> None:
    """Ask Linux for SIGTERM when the supervisor is killed, so that no orphan keeps the port."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Child:
    """A command that is kept running."""

    def __init__(self, name: str, command: list[str], pass_fds: tuple[int, ...] = ()) -> None:
        self.name = name
        self.start_again_at: float | None = None
        self._command = command
        self._pass_fds = pass_fds
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._delay = FIRST_DELAY

    @property
    def pid(self) -> int | None:
        """The process id of the present life."""
        return None if self._process is None else self._process.pid

    def start(self) -> None:
        """Start it, in a process group of its own: Ctrl-C in a terminal is for the supervisor alone."""
        self.start_again_at = None
        self._started_at = time.monotonic()
        # Arenas of glibc's allocator are kept per thread; two are enough and save tens of megabytes a process.
        environment = {"MALLOC_ARENA_MAX": "2", **os.environ}
        self._process = subprocess.Popen(
            self._command,
            env=environment,
            pass_fds=self._pass_fds,
            start_new_session=True,
            preexec_fn=_die_with_parent,  # noqa: PLW1509  (the supervisor has one thread)
        )

    def exit_code(self) -> int | None:
        """None while it lives."""
        return None if self._process is None else self._process.poll()

    def plan_restart(self) -> float:
        """Set when it is started again; the seconds until then, twice as long after each short life."""
        if time.monotonic() - self._started_at > HEALTHY_AFTER:
            self._delay = FIRST_DELAY
        delay = self._delay
        self._delay = min(LONGEST_DELAY, delay * 2)
        self.start_again_at = time.monotonic() + delay
        return delay

    def ask_to_stop(self) -> None:
        """SIGTERM."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    def end(self, until: float) -> bool:
        """Wait for its end until the monotonic time ``until``, then kill its whole group; whether it went itself."""
        if self._process is None:
            return True
        try:
            self._process.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            return False
        return True


class Supervisor:
    """Keeps children running until :meth:`stop`; all methods but that one in the main thread."""

    def __init__(self, grace: float) -> None:
        self._grace = grace
        self._children: list[Child] = []
        self._stopping = Event()

    def stop(self) -> None:
        """Ask for the end; safe in a signal handler."""
        self._stopping.set()

    def start(self, child: Child) -> None:
        """Start a child and keep it."""
        self._children.append(child)
        child.start()

    def wait_until_up(self, child: Child, listener: socket.socket, host: str) -> bool:
        """Wait until ``child`` answers ``/healthz`` on the socket; False when it died, took too long or we stop."""
        with _connect(listener) as connection:
            request = f"GET /healthz HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
            connection.sendall(request.encode())
            until = time.monotonic() + UP_WITHIN
            while not self._stopping.is_set() and time.monotonic() < until:
                if select.select([connection], [], [], LOOK_EVERY / 5)[0]:
                    answer = connection.recv(64)
                    if b" 200 " not in answer.split(b"\r\n")[0] + b" ":
                        say(f"The {child.name} answers {answer.decode(errors='replace')!r}.", problem=True)
                        return False
                    return True
                if child.exit_code() is not None:
                    say(f"The {child.name} didn't start; the reason stands above.", problem=True)
                    return False
        if not self._stopping.is_set():
            say(f"The {child.name} didn't answer within {UP_WITHIN:.0f} seconds.", problem=True)
        return False

    def watch(self) -> None:
        """Start again whatever dies, until asked to stop."""
        while not self._stopping.wait(LOOK_EVERY):
            for child in self._children:
                self._look_after(child)

    def _look_after(self, child: Child) -> None:
        code = child.exit_code()
        if code is None:
            return
        if child.start_again_at is None:
            delay = child.plan_restart()
            say(f"The {child.name} ended with {code}; it is started again in {delay:g} s.", problem=True)
        elif time.monotonic() >= child.start_again_at:
            child.start()

    def end(self, code: int) -> int:
        """Stop all children, gracefully for a while and then not; ``code`` is given back."""
        for child in self._children:
            child.ask_to_stop()
        until = time.monotonic() + self._grace
        for child in self._children:
            if not child.end(until):
                say(f"The {child.name} didn't stop within {self._grace:g} s and was killed.", problem=True)
        return code if code >= 0 else 128 - code


def _connect(listener: socket.socket) -> socket.socket:
    host, port = listener.getsockname()[:2]
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  (only compared)
    return socket.create_connection((reachable, port), timeout=5)
