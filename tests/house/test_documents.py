"""What the documents say is true of the code: settings, links, commands, lists."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
VARIABLE = re.compile(r"[\"']((?:LMS_[A-Z_]+|SECRET_KEY|DATABASE_URL|REDIS_URL|HOST|PORT))[\"']")


def anchors(document: Path) -> set[str]:
    """The fragments that headings of ``document`` can be linked by."""
    titles = re.findall(r"^#+ +(.*)$", document.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def test_the_readme_lists_every_setting() -> None:
    read = set()
    for file in (ROOT / "lms").rglob("*.py"):
        read |= set(VARIABLE.findall(file.read_text()))
    table = (ROOT / "README.md").read_text().partition("### Settings")[2].partition("\n### ")[0]
    listed = set(re.findall(r"`([A-Z_]+)`", "\n".join(re.findall(r"^\| (`[^|]*) \|", table, re.MULTILINE))))
    # Flask's own configuration key of the same name is not a variable.
    assert listed - {"HOST", "PORT"} == read - {"HOST", "PORT"}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(document: Path) -> None:
    for target in LINK.findall(document.read_text()):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, fragment = target.partition("#")
        linked = (document.parent / path).resolve() if path else document
        assert linked.exists(), target
        if fragment:
            assert fragment in anchors(linked), target


def test_every_decision_is_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    index = (folder / "README.md").read_text()
    pages = sorted(page.name for page in folder.glob("[0-9]*.md"))
    assert pages
    assert [page for page in pages if page not in index] == []
    for page in pages:
        text = (folder / page).read_text()
        assert [
            part for part in ("Context", "Decision", "Consequences") if f"\n## {part}\n" not in text
        ] == []


def test_locks_carry_hashes_and_no_addresses() -> None:
    for name in ("runtime", "build", "dev"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text()
        pinned = re.findall(r"^[a-z0-9][\w.\-\[\]]*==", text, re.MULTILINE)
        assert len(pinned) > 1
        assert text.count("\n    --hash=sha256:") >= len(pinned)
        assert not re.search(r"https?:|file:|--index|--find-links| @ |^-e", text, re.MULTILINE), name


def test_the_locks_hold_what_the_project_declares() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = {"runtime": project["dependencies"], "build": project["optional-dependencies"]["build"]}
    wanted["dev"] = wanted["runtime"] + wanted["build"] + project["optional-dependencies"]["dev"]
    for name, declared in wanted.items():
        text = (ROOT / "requirements" / f"{name}.txt").read_text()
        pinned = set(re.findall(r"^([a-z0-9][\w.\-]*)(?:\[[^\]]*\])?==", text, re.MULTILINE))
        asked = {re.split(r"[\[<>=!~ ]", line)[0].lower().replace("_", "-") for line in declared}
        assert not asked - pinned, f"run make lock: {name}"


def test_the_makefile_has_every_target_that_documents_name() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for document in DOCUMENTS:
        named = re.findall(r"(?:`|^)make ([a-z-]+)", document.read_text(), re.MULTILINE)
        assert not set(named) - targets, document
