"""The month on one A4 sheet: the figures as texts for its template."""

from collections.abc import Callable
from datetime import date
from textwrap import shorten
from typing import Any

from flask_babel import gettext as _

from lms.auth.units.letterhead import Letterhead
from lms.centre.leading.figures import Month
from lms.centre.leading.words import gap_words
from lms.core.numbers import format_mark, format_percent, format_share
from lms.web.i18n import say

MOST_ROWS = 8
LONGEST_TITLE, LEAST_UNITS = 48, 4
LINES, ROOMY_ROWS = 24, 8
"""What leaves room for the rest of the sheet: rows of a table, letters of a title in one line, units that are always
named, lines of tables and units together, and rows up to which a title may take two lines; what is left out is counted."""


def _longest(month: Month) -> int:
    """Letters of a class's title: two lines of them where the month has few classes."""
    rows = len(month.running) + len(month.outcomes)
    return 2 * LONGEST_TITLE if rows <= ROOMY_ROWS else LONGEST_TITLE


def _most_units(month: Month) -> int:
    """Units to name, two lines each, in what the tables leave of the sheet."""
    rows = min(len(month.running), MOST_ROWS) + min(len(month.outcomes), MOST_ROWS)
    lines = rows * _longest(month) // LONGEST_TITLE
    return max(LEAST_UNITS, (LINES - lines) // 2)


def month_data(month: Month, head: Letterhead, today: date, locale: str) -> dict[str, Any]:
    """What ``month.typ`` prints, dated ``today`` or at the month's end, whichever is earlier."""
    day = min(month.ends, today)
    place = f"{head.place}, " if head.place else ""
    longest = _longest(month)
    return {
        "head": head.heading(
            _(
                "%(place)sngày %(day)s tháng %(month)s năm %(year)s",
                place=place,
                day=day.day,
                month=day.month,
                year=day.year,
            )
        ),
        "title": _(
            "Tình hình tháng %(month)s năm %(year)s", month=month.begins.month, year=month.begins.year
        ),
        "facts": _facts(month, locale),
        "classes_title": _("Các lớp trong tháng"),
        "classes": {
            "columns": [
                {"label": _("Lớp"), "width": "1fr"},
                {"label": _("Học viên"), "width": "18", "align": "right"},
                {"label": _("Đã bắt đầu"), "width": "22", "align": "right"},
                {"label": _("Buổi"), "width": "16", "align": "right"},
                {"label": _("Chuyên cần"), "width": "24", "align": "right"},
            ],
            "rows": _cut(
                [
                    [
                        shorten(one.title, longest, placeholder=" …"),
                        str(one.learners),
                        f"{one.started}/{one.learners}",
                        f"{one.called}/{one.meetings}",
                        format_percent(one.attendance, locale) if one.attendance is not None else "–",
                    ]
                    for one in month.running
                ],
                lambda left: [_("… và %(count)s lớp nữa", count=left), "", "", "", ""],
            ),
        },
        "outcomes_title": _("Kết quả công bố trong tháng"),
        "outcomes": {
            "columns": [
                {"label": _("Lớp"), "width": "1fr"},
                {"label": _("Đạt"), "width": "34", "align": "right"},
                {"label": _("Lý luận"), "width": "20", "align": "right"},
                {"label": _("Thực tiễn"), "width": "20", "align": "right"},
            ],
            "rows": _cut(
                [
                    [
                        shorten(one.title, longest, placeholder=" …"),
                        format_share(one.passed, one.learners, locale),
                        _mark(one.gap.theory, locale),
                        _mark(one.gap.practice, locale),
                    ]
                    for one in month.outcomes
                ],
                lambda left: [_("… và %(count)s lớp nữa", count=left), "", "", ""],
            ),
        },
        "sentences": [say(one) for one in gap_words(month.gap)],
        "late_title": _("Đơn vị chưa có ai bắt đầu học"),
        "late": _late(month),
        "signer": {"role": head.signer_role, "name": head.signer_name},
    }


def _facts(month: Month, locale: str) -> list[str]:
    facts = [
        _("%(classes)s lớp, %(learners)s lượt học viên; ghi danh mới %(enrolled)s lượt.", classes=len(month.running), learners=month.learners, enrolled=month.enrolled),
    ]  # fmt: skip
    if month.judged:
        facts.append(
            _("Công bố kết quả %(share)s đạt.", share=format_share(month.passed, month.judged, locale))
        )
        facts.append("; ".join(f"{one.title or _('Chưa xếp loại')}: {one.count} ({format_percent(one.share, locale)})" for one in month.bands) + ".")  # fmt: skip
    if month.letters_sent or month.letters_answered:
        facts.append(_("Công văn gửi đơn vị: %(sent)s; đơn vị đã trả lời: %(answered)s.", sent=month.letters_sent, answered=month.letters_answered))  # fmt: skip
    return facts


def _late(month: Month) -> list[str]:
    titles = {one.id: one.title for one in month.running}
    rows = [
        _("%(unit)s: %(count)s người, %(title)s", unit=one.unit_name or _("Không rõ đơn vị"), count=one.learners, title=shorten(titles.get(one.class_id, ""), LONGEST_TITLE, placeholder=" …"))
        for one in month.late
    ]  # fmt: skip
    most = _most_units(month)
    return rows[:most] + (
        [_("… và %(count)s đơn vị nữa", count=len(rows) - most)] if len(rows) > most else []
    )


def _cut(rows: list[list[str]], more: Callable[[int], list[str]]) -> list[list[str]]:
    return rows if len(rows) <= MOST_ROWS else [*rows[: MOST_ROWS - 1], more(len(rows) - MOST_ROWS + 1)]


def _mark(hundredths: int | None, locale: str) -> str:
    return format_mark(hundredths, locale, places=2) if hundredths is not None else "–"
