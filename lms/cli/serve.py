"""``python -m lms.cli.serve``: the web server and the background runner, started, watched and stopped together.

This process holds the listening socket and loads nothing of the application, so it stays small; a web server that
dies is started again while the connections of learners wait in the socket's queue.
"""

import argparse
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from importlib.util import find_spec

from lms.cli.supervisor import Child, Supervisor, say
from lms.config import LOOPBACK_HOSTS, BadSettingError, Mode, Settings

BACKLOG = 2048
LAST_PORT = 65535
GRACE = 30
"""Seconds that requests in progress get when the server stops."""


BOOT = 120
"""Seconds without a sign of life after which a worker is replaced; loading the application counts as none."""


class CannotServeError(Exception):
    """Why the server doesn't start, in words for whoever started it."""


def where(environ: Mapping[str, str]) -> tuple[str, int]:
    """Host and port from ``HOST`` and ``PORT``, by default 127.0.0.1 and 8000."""
    port = environ.get("PORT") or "8000"
    if not (port.isascii() and port.isdigit() and int(port) <= LAST_PORT):
        raise CannotServeError(f"PORT: a number from 0 to {LAST_PORT}, not {port!r}")
    return environ.get("HOST") or "127.0.0.1", int(port)


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; ``CannotServeError`` when the address is taken or not ours."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
            listener.listen(BACKLOG)
        except OSError:
            listener.close()
            raise
    except OSError as error:
        raise CannotServeError(
            f"Can't listen on {host} port {port}: {error.strerror or error}. "
            f"Stop what uses it, or choose another port, for instance PORT={port + 1}."
        ) from error
    return listener


def refuse_danger(settings: Settings, host: str) -> None:
    """Raise ``CannotServeError`` where the settings are right in themselves but must not be served like this."""
    if settings.mode is Mode.DEMO and host not in LOOPBACK_HOSTS:
        raise CannotServeError(
            f"LMS_MODE=demo has accounts with known passwords and isn't served on {host}. "
            "For a real server set LMS_MODE=production (README.md says how)."
        )
    if settings.workers > 1 and not settings.secret_key:
        raise CannotServeError("SECRET_KEY isn't set: more than one worker must share one key.")


def web_command(settings: Settings, descriptor: int) -> list[str]:
    """Gunicorn on the socket that is open already."""
    command = [sys.executable, "-m", "gunicorn", "lms:create_app()", "--bind", f"fd://{descriptor}"]
    command += ["--worker-class", "gthread", "--workers", str(settings.workers)]
    command += ["--threads", str(settings.threads), "--graceful-timeout", str(GRACE)]
    command += ["--timeout", str(BOOT)]
    command += ["--log-level", "warning", "--no-control-socket", "--preload"]
    if os.path.isdir("/dev/shm"):  # noqa: PTH112, S108  (pathlib isn't worth its memory here; gunicorn's own advice)
        command += ["--worker-tmp-dir", "/dev/shm"]  # noqa: S108  (the same)
    return command


RUNNER_COMMAND = [sys.executable, "-m", "flask", "--app", "lms", "jobs", "run"]


def address(host: str, port: int) -> str:
    """What to type into a browser on this machine."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104  (only compared)
    return f"http://{shown}:{port}"


def demo_accounts() -> str:
    """The demo accounts as text, from a process of its own so that this one stays small; empty where there are none."""
    if find_spec("lms.cli.demo") is None:
        return ""
    code = "from lms.cli.demo import demo_accounts_text; print(demo_accounts_text())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    return done.stdout.rstrip() if done.returncode == 0 else ""


def serve(settings: Settings, host: str, port: int, *, web_only: bool) -> int:
    """Serve until told to stop; the exit code."""
    refuse_danger(settings, host)
    listener = listen(host, port)
    supervisor = Supervisor(grace=GRACE + 5)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: supervisor.stop())
    try:
        descriptor = listener.fileno()
        web = Child("web server", web_command(settings, descriptor), pass_fds=(descriptor,))
        supervisor.start(web)
        trusted = settings.trusted_hosts[0].lstrip(".") if settings.trusted_hosts else "localhost"
        if not supervisor.wait_until_up(web, listener, trusted):
            return supervisor.end(web.exit_code() or 0)
        if not web_only:
            supervisor.start(Child("runner", RUNNER_COMMAND))
        say(f"Serving at {address(host, listener.getsockname()[1])}")
        if settings.mode is Mode.DEMO and (text := demo_accounts()):
            say(text)
        supervisor.watch()
        return supervisor.end(0)
    finally:
        listener.close()


def main(arguments: list[str] | None = None) -> int:
    """Read the environment and the arguments, and serve."""
    parser = argparse.ArgumentParser(
        prog="python -m lms.cli.serve", description="Serve lms. HOST and PORT say where."
    )
    parser.add_argument(
        "--web-only", action="store_true", help="leave the background runner to another process"
    )
    options = parser.parse_args(arguments)
    try:
        host, port = where(os.environ)
        return serve(Settings.from_environment(), host, port, web_only=options.web_only)
    except (BadSettingError, CannotServeError) as error:
        say(str(error), problem=True)
        return 2


if __name__ == "__main__":
    raise SystemExit(main())
