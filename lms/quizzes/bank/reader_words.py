"""What the reader of question files says of a file, in the language of the page.

The reader knows no languages: it stores Vietnamese sentences, their codes and values. Vietnamese pages show the sentence
as it was stored; other languages put it together again from code and values.
"""

import re
from collections.abc import Mapping
from typing import Any

from lms.core.messages import N_, Message
from lms.quizzes.interchange.document import Problem
from lms.quizzes.interchange.messages import MESSAGES
from lms.web.i18n import language, say

NAMES = frozenset({"family", "first", "second", "found"})
LABELS = frozenset({"label", "before", "after"})
PLACES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"đoạn (\d+)"), N_("đoạn %(name)s")),
    (re.compile(r"dòng (\d+)"), N_("dòng %(name)s")),
    (re.compile(r"hàng (\d+)"), N_("hàng %(name)s")),
    (re.compile(r"bảng (\d+)"), N_("bảng %(name)s")),
    (re.compile(r"trang tính (.+)"), N_("trang tính %(name)s")),
    (re.compile(r"(bảng trong ô)"), N_("bảng trong ô")),
    (re.compile(r"(tệp)"), N_("tệp")),
)
LABEL = re.compile(r"Câu (\d+)")


def problem(found: Problem | Mapping[str, Any]) -> str:
    """The sentence for a problem of a file or of one of its questions; stored problems come as mappings."""
    one = found.to_json() if isinstance(found, Problem) else found
    template = MESSAGES.get(one["code"])
    if template is None or language() == "vi":
        return str(one["message"])
    values = {name: _value(name, value) for name, value in one["params"].items()}
    return say(Message(template, {**values, "where": place(one["where"])})).replace(" ()", "")


def place(where: str) -> str:
    """Where in the file something stands: ``bảng 2, hàng 3`` is ``table 2, row 3`` on an English page."""
    return where if language() == "vi" else ", ".join(_part(part) for part in where.split(", "))


def _part(part: str) -> str:
    for pattern, text in PLACES:
        if match := pattern.fullmatch(part):
            return say(Message(text, {"name": match[1]}))
    return part


def _value(name: str, value: str | int) -> str | int:
    """A value of a sentence: the reader's own words are translated, words of the file stay as they are."""
    if name in NAMES:
        return say(str(value))
    if name in LABELS and (match := LABEL.fullmatch(str(value))):
        return say(Message(N_("Câu %(number)s"), {"number": match[1]}))
    return value
