"""Reading an uploaded file in a process of its own: little memory, little time, no secrets, no application."""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from lms.core.intake.guard import Limits, RefusedError, check_size

ROOT = Path(__file__).resolve().parents[3]
PASSED_ON = ("PATH", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT")


def read_in_child(module: str, path: Path, *, limits: Limits, arguments: Sequence[str] = ()) -> Any:
    """What ``python -m module FILE`` says of ``path``, as JSON; ``arguments`` go to the module.

    Raises:
        RefusedError: the file is empty or too large, or the child was too slow, died or said too much.
    """
    check_size(path, limits)
    command = [
        sys.executable, "-m", module, str(path.resolve()), "--memory", str(limits.memory),
        "--cpu", str(limits.cpu_seconds), "--file-size", str(limits.file_size), *arguments,
    ]  # fmt: skip
    with tempfile.TemporaryFile() as output:
        try:
            done = subprocess.run(  # noqa: S603 - our own interpreter and module
                command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.DEVNULL,
                timeout=limits.wall_seconds, check=False, cwd=ROOT, env=environment(),
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            raise RefusedError("reader_timeout", seconds=limits.wall_seconds) from None
        if done.returncode != 0:
            raise RefusedError("reader_died")
        if output.tell() > limits.output or output.seek(0, os.SEEK_END) > limits.output:
            raise RefusedError("reader_output")
        output.seek(0)
        try:
            return json.loads(output.read())
        except ValueError:
            raise RefusedError("reader_died") from None


def environment() -> dict[str, str]:
    """What the child may know: where programs are and which language; no settings, no secrets."""
    passed = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return {**passed, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}


def parser(module: str) -> argparse.ArgumentParser:
    """The command line that :func:`read_in_child` calls."""
    defaults = Limits()
    made = argparse.ArgumentParser(prog=f"python -m {module}")
    made.add_argument("file", type=Path)
    made.add_argument("--memory", type=int, default=defaults.memory)
    made.add_argument("--cpu", type=int, default=defaults.cpu_seconds)
    made.add_argument("--file-size", type=int, default=defaults.file_size)
    return made


def confine(given: argparse.Namespace) -> Limits:
    """Hold this process to the memory and processor time of its command line."""
    resource.setrlimit(resource.RLIMIT_AS, (given.memory, given.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (given.cpu, given.cpu + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    return Limits(file_size=given.file_size, memory=given.memory, cpu_seconds=given.cpu)
