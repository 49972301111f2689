"""House rules that no linter knows, read off the syntax tree.

A line that must break a rule says why: ``# house: the reason``. Every rule is shown to fail on a planted fault.
"""

import ast
import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODE = ROOT / "lms"
EXCEPTION = re.compile(r"#.*\bhouse: \S")
VIETNAMESE = re.compile(r"[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
GETTEXT = re.compile(r"(^|\.)(_|_l|N_|\w*gettext)$")
MESSAGES = re.compile(
    r"(^|\.)(Message|DomainError|NotAllowed|NotFound|Conflict|Closed|Invalid|TooMany|Unavailable)$"
)
LONGEST_FILE = 300
LONG_FILES: dict[str, str] = {}
"""Files that may be longer, each with its reason."""

Finding = tuple[int, str]


class Rule(NamedTuple):
    """What is refused, where, and a piece of code that shows it."""

    find: Callable[[ast.Module], Iterator[Finding]]
    applies: Callable[[str], bool]
    planted: str
    allowed: str


def dotted(node: ast.expr) -> str:
    """``a.b.c`` of a chain of names; ``""`` for anything else."""
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(parts)]) if isinstance(node, ast.Name) else ""


def calls(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node.lineno, dotted(node.func)


def imports(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def other_clocks(tree: ast.Module) -> Iterator[Finding]:
    for line, name in calls(tree):
        if re.search(
            r"(^|\.)(datetime|date)\.(now|utcnow|today)$|(^|\.)time\.time(_ns)?$|(^|\.)func\.now$", name
        ):
            yield line, f"{name}() tells the time; lms.core.clock does"
    for line, name in imports(tree):
        if name in {"time.time", "time.time_ns"}:
            yield line, f"{name} tells the time; lms.core.clock does"


def other_dice(tree: ast.Module) -> Iterator[Finding]:
    for line, name in imports(tree):
        if (
            name.split(".")[0] == "random"
            or name.startswith("numpy.random")
            or name in {"uuid.uuid4", "uuid.uuid1"}
        ):
            yield line, f"{name} is random; lms.core.seeds is the only source"
    for line, name in calls(tree):
        if re.search(r"^(uuid\.uuid[14]|os\.urandom|(np|numpy)\.random\..*)$", name) or (
            name.startswith("secrets.") and name != "secrets.compare_digest"
        ):
            yield line, f"{name}() is random; lms.core.seeds is the only source"


def inexact_marks(tree: ast.Module) -> Iterator[Finding]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id == "float":
            yield node.lineno, "a mark is a Fraction or a whole number of hundredths, never a float"


def code_from_data(tree: ast.Module) -> Iterator[Finding]:
    for line, name in calls(tree):
        if name in {"eval", "exec", "compile", "__import__", "os.system"} or name.endswith(
            ("render_template_string", ".from_string", "yaml.load", "yaml.unsafe_load")
        ):
            yield line, f"{name}() turns data into code"
    for line, name in imports(tree):
        if name.split(".")[0] in {"pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib"}:
            yield line, f"{name} turns data into code"


def second_commits(tree: ast.Module) -> Iterator[Finding]:
    for line, name in calls(tree):
        if name.endswith("session.commit"):
            yield line, "one commit a request, made by whoever runs the operation"


def positional_verbs(tree: ast.Module) -> Iterator[Finding]:
    for node in tree.body:
        if (
            isinstance(node, ast.FunctionDef)
            and not node.name.startswith("_")
            and (node.args.args or node.args.posonlyargs or node.args.vararg)
            and any(
                dotted(part) == "db.session" for part in ast.walk(node) if isinstance(part, ast.Attribute)
            )
        ):
            yield node.lineno, f"{node.name}: an operation takes keyword arguments only"


def old_queries(tree: ast.Module) -> Iterator[Finding]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "query" and dotted(node.value)[:1].isupper():
            yield node.lineno, f"{dotted(node)}: write select()"
        if isinstance(node, ast.keyword) and node.arg == "backref":
            yield node.value.lineno, "backref hides one side; write back_populates on both"


def untranslated(tree: ast.Module) -> Iterator[Finding]:
    marked: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            marked.add(node.value)
        elif isinstance(node, ast.Call) and GETTEXT.search(dotted(node.func)):
            marked |= set(ast.walk(node))
        elif isinstance(node, ast.Call) and MESSAGES.search(dotted(node.func)):
            marked |= {part for argument in node.args[:1] for part in ast.walk(argument)}
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and node not in marked else None
        if isinstance(text, str) and isinstance(node, ast.Constant) and VIETNAMESE.search(text):
            yield node.lineno, f"{text[:50]!r} reaches a reader without its English"


def furniture(*names: str) -> Callable[[str], bool]:
    """Tell whether a path is, or lies in, one of these pieces of a room."""
    return lambda path: bool(set(names) & set(Path(path).with_suffix("").parts))


TALKING = ("views", "forms", "api", "operations", "rules", "jobs")
"""Furniture whose texts are for people."""

RULES = {
    "one clock": Rule(
        other_clocks,
        lambda path: path != "core/clock.py",
        "from datetime import datetime\nx = datetime.now()",
        "from lms.core import clock\nx = clock.now()",
    ),
    "one source of chance": Rule(
        other_dice,
        lambda path: path not in {"core/seeds.py", "config.py"},
        "import random",
        "import secrets\nsecrets.compare_digest('a', 'b')",
    ),
    "exact marks": Rule(
        inexact_marks,
        lambda path: bool(
            re.match(r"(core/rounding|quizzes/(kinds|grading|delivery|papers|practice)|results)\b", path)
        ),
        "mark = float('8.25')",
        "from fractions import Fraction\nmark = Fraction(1, 3)",
    ),
    "data stays data": Rule(
        code_from_data, lambda _path: True, "import pickle", "import re\nre.compile('a')"
    ),
    "one commit": Rule(
        second_commits,
        furniture("models", "queries", "operations", "rules", "forms", "views", "api"),
        "db.session.commit()",
        "db.session.flush()",
    ),
    "keyword-only verbs": Rule(
        positional_verbs,
        furniture("operations"),
        "def close(attempt):\n    db.session.delete(attempt)",
        "def close(*, attempt):\n    db.session.delete(attempt)\ndef deadline(attempt):\n    return 1",
    ),
    "texts are translatable": Rule(
        untranslated,
        # The style guide shows made-up people; i18n knows the days of the week in Vietnamese.
        lambda path: (
            path not in {"web/styleguide.py", "web/i18n.py"}
            and (path.startswith("web/") or furniture(*TALKING)(path))
        ),
        "flash('Đã nộp bài')",
        "flash(_('Đã nộp bài'))",
    ),
    "select() and back_populates": Rule(
        old_queries, lambda _path: True, "rows = Account.query.all()", "rows = select(Account)"
    ),
}

FILES = sorted(CODE.rglob("*.py"))


def findings(rule: Rule, text: str) -> list[str]:
    lines = text.splitlines()
    return [
        f"{line}: {what}"
        for line, what in rule.find(ast.parse(text))
        if not EXCEPTION.search(lines[line - 1])
    ]


@pytest.mark.parametrize("name", RULES)
def test_the_rule_holds_everywhere(name: str) -> None:
    rule = RULES[name]
    broken = []
    for file in FILES:
        path = file.relative_to(CODE).as_posix()
        if rule.applies(path):
            broken += [f"lms/{path}:{found}" for found in findings(rule, file.read_text())]
    assert not broken, "\n".join(["", *broken])


@pytest.mark.parametrize("name", RULES)
def test_a_planted_fault_is_found(name: str) -> None:
    rule = RULES[name]
    assert findings(rule, rule.planted)
    assert not findings(rule, rule.allowed)
    assert any(rule.applies(file.relative_to(CODE).as_posix()) for file in FILES)


def test_no_file_is_longer_than_one_can_read() -> None:
    lengths = {
        file.relative_to(ROOT).as_posix(): file.read_text().count("\n")
        for file in FILES
        if "migrations" not in file.parts
    }
    too_long = {path: length for path, length in lengths.items() if length > LONGEST_FILE}
    assert not too_long.keys() - LONG_FILES.keys(), {p: n for p, n in too_long.items() if p not in LONG_FILES}
    assert not LONG_FILES.keys() - too_long.keys(), "an exception that nothing needs"


def test_texts_in_the_code_are_normalised() -> None:
    files = [*FILES, *CODE.rglob("*.html"), *CODE.rglob("*.po"), *CODE.rglob("*.js"), *CODE.rglob("*.txt")]
    loose = [
        file.relative_to(ROOT).as_posix()
        for file in files
        if "build" not in file.parts and not unicodedata.is_normalized("NFC", file.read_text())
    ]
    assert not loose, "write Vietnamese in NFC"
