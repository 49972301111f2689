"""Serving: refuses what is dangerous, says what is wrong, starts again what dies, leaves nothing behind."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from lms.cli import serve
from lms.cli.serve import CannotServeError
from lms.cli.supervisor import Child, Supervisor
from lms.config import Mode, Settings
from lms.core.db import UnitOfWork, db
from lms.jobs.models import Job, JobState
from lms.jobs.operations import enqueue

ROOT = Path(__file__).parents[2]
KEY = "a key for tests only, of more than thirty-two characters"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def wait_for(condition: Callable[[], object], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "waited too long"
        time.sleep(0.05)


def test_a_port_in_use_is_told_with_the_way_out() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CannotServeError, match=rf"port {port}.*in use.*PORT={port + 1}"):
            serve.listen("127.0.0.1", port)


def test_an_address_of_another_machine_is_told() -> None:
    with pytest.raises(CannotServeError, match=r"192\.0\.2\.1"):
        serve.listen("192.0.2.1", 0)


def test_demo_accounts_are_not_served_to_others() -> None:
    settings = Settings(mode=Mode.DEMO, secret_key=KEY)
    serve.refuse_danger(settings, "127.0.0.1")
    with pytest.raises(CannotServeError, match="known passwords"):
        serve.refuse_danger(settings, "0.0.0.0")  # noqa: S104  (what is refused)


def test_workers_must_share_a_key() -> None:
    with pytest.raises(CannotServeError, match="SECRET_KEY"):
        serve.refuse_danger(Settings(mode=Mode.PRODUCTION, workers=2), "127.0.0.1")


@pytest.mark.parametrize("port", ["http", "-1", "65536", "80 80", "８０"])
def test_a_port_that_is_none_is_told(port: str) -> None:
    with pytest.raises(CannotServeError, match="PORT"):
        serve.where({"PORT": port})


def test_by_default_only_this_machine_is_served() -> None:
    assert serve.where({}) == ("127.0.0.1", 8000)
    assert serve.where({"HOST": "", "PORT": ""}) == ("127.0.0.1", 8000)


def test_a_wrong_setting_ends_with_its_name_and_no_trace() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "lms.cli.serve"],
        cwd=ROOT,
        env={**os.environ, "LMS_MODE": "wrong"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.startswith("LMS_MODE: one of")
    assert "Traceback" not in done.stderr


def test_a_child_that_keeps_dying_is_started_later_and_later() -> None:
    child = Child("child", python("raise SystemExit(3)"))
    delays = []
    for _ in range(9):
        child.start()
        wait_for(lambda: child.exit_code() is not None)
        delays.append(child.plan_restart())
    assert delays[:4] == [0.5, 1, 2, 4]
    assert delays[-1] == 30


def test_a_child_that_ignores_the_request_is_killed(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    ready = tmp_path / "ready"
    supervisor = Supervisor(grace=0.5)
    code = "import signal, time, pathlib; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
    child = Child("deaf child", python(f"{code}pathlib.Path({str(ready)!r}).touch(); time.sleep(60)"))
    supervisor.start(child)
    wait_for(ready.exists)
    assert supervisor.end(0) == 0
    assert child.exit_code() == -signal.SIGKILL
    assert "deaf child didn't stop within 0.5 s" in capsys.readouterr().err


def test_a_web_server_that_cannot_start_ends_the_attempt(capsys: pytest.CaptureFixture[str]) -> None:
    supervisor = Supervisor(grace=1)
    child = Child("web server", python("raise SystemExit(3)"))
    supervisor.start(child)
    with serve.listen("127.0.0.1", 0) as listener:
        assert not supervisor.wait_until_up(child, listener, "localhost")
    assert "didn't start" in capsys.readouterr().err


class Served:
    """A server of the real application in processes of its own."""

    def __init__(self, settings: Settings, instance: Path) -> None:
        self.port = free_port()
        environment = {
            **os.environ,
            "LMS_MODE": "development",
            "LMS_INSTANCE": str(instance),
            "DATABASE_URL": settings.database_url.replace("postgresql+psycopg://", "postgresql://"),
            "SECRET_KEY": KEY,
            "LMS_WORKERS": "1",
            "PORT": str(self.port),
            "HOST": "127.0.0.1",
            "LMS_HOSTS": "",
        }
        self.log = (instance / "serve.log").open("w+")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "lms.cli.serve"],
            cwd=ROOT,
            env=environment,
            stdout=self.log,
            stderr=self.log,
        )

    def is_up(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def children(self) -> dict[str, int]:
        """Process ids of the web server and the runner."""
        found = {}
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit():
                try:
                    parent = (folder / "stat").read_text().rsplit(")", 1)[1].split()[1]
                    command = (folder / "cmdline").read_text()
                except OSError:
                    continue
                if int(parent) == self.process.pid:
                    found["web" if "gunicorn" in command else "runner"] = int(folder.name)
        return found

    def said(self) -> str:
        return Path(self.log.name).read_text()


@pytest.fixture
def served(app: Flask, settings: Settings, tmp_path: Path) -> Iterator[Served]:
    server = Served(settings, tmp_path)
    wait_for(lambda: "Serving at" in server.said() or server.process.poll() is not None)
    assert f"Serving at http://127.0.0.1:{server.port}" in server.said()
    yield server
    server.process.terminate()
    try:
        server.process.wait(45)
    finally:
        server.process.kill()
        server.log.close()


def _now(job: Job) -> Job:
    """The job as another process left it a moment ago."""
    db.session.rollback()
    return job


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads the table of processes of Linux")
def test_what_dies_is_started_again_and_the_end_leaves_nothing(served: Served) -> None:
    with UnitOfWork():
        job = enqueue(kind="nobody.knows", payload={}, actor_id=None)
    wait_for(lambda: _now(job).tries > 0)
    assert _now(job).state in {JobState.QUEUED, JobState.RUNNING}
    before = served.children()
    assert before.keys() == {"web", "runner"}
    for process in before.values():
        os.kill(process, signal.SIGKILL)
    wait_for(lambda: served.children().keys() == {"web", "runner"} and served.children() != before)
    assert served.is_up()
    assert "The web server ended with -9" in served.said()
    served.process.send_signal(signal.SIGTERM)
    assert served.process.wait(45) == 0
    assert served.children() == {}
    serve.listen("127.0.0.1", served.port).close()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children of their parent's end")
def test_a_killed_supervisor_leaves_no_orphan_on_its_port(served: Served) -> None:
    served.process.kill()
    served.process.wait()
    wait_for(lambda: not served.is_up())
    serve.listen("127.0.0.1", served.port).close()
