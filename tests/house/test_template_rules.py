"""House rules for templates and scripts: nothing inline, nothing marked safe without a reason, nothing from elsewhere.

The strict Content-Security-Policy would refuse most of this in the browser; here it is refused while writing.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WEB = ROOT / "lms"
TEMPLATES = sorted(path for path in WEB.rglob("templates/**/*.html"))
SCRIPTS = sorted(
    path for path in WEB.rglob("*.js") if "build" not in path.parts and "vendor" not in path.parts
)

TEMPLATE_RULES = {
    "no inline style": (r"<style\b|<[^>]*\sstyle\s*=", '<p style="color: red">', '<p class="warn">'),
    "no inline script": (
        r"<script\b(?![^>]*\bsrc\s*=)(?![^>]*type=\"application/(?:json|ld\+json)\")",
        "<script>go()</script>",
        '<script type="module" src="{{ asset("app.js") }}"></script>',
    ),
    "no event attributes": (
        r"<[^>]*\s(on[a-z]+)\s*=",
        '<button onclick="go()">',
        '<button data-once data-on="x">',
    ),
    "no address of scripts": (
        r"(?i)(?:href|src|action)\s*=\s*[\"']?\s*javascript:",
        '<a href="javascript:x">',
        '<a href="/x">',
    ),
    "safe says what was sanitised": (
        r"\|\s*safe\b(?!.*\{#-? sanitised: \S)|\bautoescape\s+false\b",
        "{{ stem|safe }}",
        "{{ stem|safe }} {# sanitised: core.sanitising on save #}",
    ),
    "nothing from other hosts": (
        r"<(?:script|link|img|iframe|source)\b[^>]*\b(?:src|href)\s*=\s*[\"']?(?:https?:)?//",
        '<script src="https://cdn.example/x.js"></script>',
        '<img src="{{ url_for("static", filename="x.svg") }}" alt="">',
    ),
    "texts are translatable": (
        r">[^<{}%#]*[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ][^<{}%#]*<",
        "<p>Nộp bài ngay</p>",
        '<p>{{ _("Nộp bài") }}</p>',
    ),
}
SCRIPT_RULES = {
    "no code from text": (
        r"\beval\s*\(|\bnew Function\b|\bdocument\.write\b|\bsetTimeout\(\s*[\"'`]",
        "eval(x)",
        "setTimeout(() => go(), 5)",
    ),
    "no markup from text": (
        r"\.(?:inner|outer)HTML\s*\+?=(?!=)|\binsertAdjacentHTML\b",
        "node.innerHTML = text",
        "node.textContent = text",
    ),
    "nothing from other hosts": (
        r"(?:fetch|import)\s*\(\s*[\"'`](?:https?:)?//",
        'fetch("https://elsewhere.example/")',
        'fetch("/save")',
    ),
}
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)


def without_comments(text: str) -> str:
    """Blank Jinja comments, keeping line numbers and the sanitiser's word."""
    return COMMENT.sub(
        lambda found: found[0] if "sanitised:" in found[0] else re.sub(r"[^\n]", " ", found[0]), text
    )


def findings(pattern: str, text: str) -> Iterator[str]:
    for found in re.finditer(pattern, text):
        line = text.count("\n", 0, found.start()) + 1
        yield f"{line}: {found[0].strip()[:80]}"


def broken(rule: tuple[str, str, str], files: list[Path], *, jinja: bool) -> list[str]:
    found = []
    for file in files:
        text = without_comments(file.read_text()) if jinja else file.read_text()
        found += [f"{file.relative_to(ROOT)}:{line}" for line in findings(rule[0], text)]
    return found


@pytest.mark.parametrize("name", TEMPLATE_RULES)
def test_templates_keep_the_rule(name: str) -> None:
    assert TEMPLATES
    found = broken(TEMPLATE_RULES[name], TEMPLATES, jinja=True)
    assert not found, "\n".join(["", *found])


@pytest.mark.parametrize("name", SCRIPT_RULES)
def test_scripts_keep_the_rule(name: str) -> None:
    assert SCRIPTS
    found = broken(SCRIPT_RULES[name], SCRIPTS, jinja=False)
    assert not found, "\n".join(["", *found])


@pytest.mark.parametrize("rule", [*TEMPLATE_RULES.values(), *SCRIPT_RULES.values()])
def test_a_planted_fault_is_found(rule: tuple[str, str, str]) -> None:
    pattern, planted, allowed = rule
    assert list(findings(pattern, planted))
    assert not list(findings(pattern, without_comments(allowed)))
