"""Letters to units: how long 300 of them take as PDF, as Word files, and as one PDF to print.

Times depend on the machine: the yardstick, a fixed piece of Python work timed in the same run, says how fast it is,
and the ratio to it can be compared between machines.
"""

import argparse
import json
import time
from collections.abc import Callable
from datetime import date
from typing import Any

from benchmarks.yardstick import yardstick_ms
from lms.core import typesetting
from lms.results.letters.content import Facts, LearnerRow, TopicMark, report, topic_means
from lms.results.letters.printing import letters_pdf
from lms.results.letters.word import letter_docx
from lms.results.letters.wording import proposed, whole_letter
from lms.web.built import BUILT

LETTERS, LEARNERS = 300, 12
BANDS = (("good", "Giỏi"), ("fair", "Khá"), ("average", "Trung bình"), ("failed", "Không đạt"))
HEAD = {"style": "party", "superior": "Đảng ủy xã Tân Lập", "issuer": "Trung tâm Chính trị xã Tân Lập",
        "code": "TTCT", "place": "Tân Lập", "signer_role": "GIÁM ĐỐC", "signer_name": "Lê Văn Đức"}  # fmt: skip


def learner(number: int) -> LearnerRow:
    """A learner of a made-up class; every figure follows from the number."""
    band = BANDS[number % len(BANDS)]
    return LearnerRow(
        name=f"Nguyễn Thị Ửng Đỗ {number}",
        born="22/11/1979",
        unit_id=number // LEARNERS,
        periods=40,
        missed=number % 7,
        theory=500 + number % 50 * 10,
        practice=400 + number % 60 * 10,
        mark=450 + number % 55 * 10,
        band=band[0],
        band_title=band[1],
        passed=number % 4 < 3,
        topics=tuple(
            TopicMark(one, f"Nội dung thứ {one}", 500 + number * one % 500, 4) for one in range(1, 6)
        ),
    )


def letters() -> list[dict[str, Any]]:
    """The letters of a class that as many units sent a dozen learners to."""
    facts = Facts("Lớp bồi dưỡng đảng viên mới", "DVM-08", "Bồi dưỡng lý luận chính trị", date(2026, 11, 2), date(2026, 11, 13), bands=BANDS)  # fmt: skip
    whole = [learner(number) for number in range(LETTERS * LEARNERS)]
    theirs = topic_means(whole)
    made = []
    for unit in range(LETTERS):
        own = whole[unit * LEARNERS : (unit + 1) * LEARNERS]
        content = report(facts, f"Đảng ủy xã số {unit}", own, whole, theirs)
        made.append(whole_letter(content, HEAD, recommendation=proposed(content), made_on=date(2026, 11, 22)))
    return made


def seconds(work: Callable[[], object]) -> float:
    """How long it took."""
    start = time.monotonic()
    work()
    return time.monotonic() - start


def main() -> None:
    """Print the table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    wants_json = parser.parse_args().json
    typesetting.configure(fonts=BUILT)
    written: list[dict[str, Any]] = []
    words = seconds(lambda: written.extend(letters()))
    letters_pdf(written[:1])
    letter_docx(written[0])
    yardstick = yardstick_ms()
    found = {
        "300 letters in words": words,
        "300 letters as PDF, one by one": seconds(lambda: [letters_pdf([one]) for one in written]),
        "300 letters as .docx": seconds(lambda: [letter_docx(one) for one in written]),
        "300 letters as one PDF": seconds(lambda: letters_pdf(written)),
    }
    if wants_json:
        print(json.dumps({"yardstick_ms": yardstick, **found}))
        return
    print(f"yardstick {yardstick:.1f} ms; {LEARNERS} learners a letter")
    for name, took in found.items():
        print(f"{name:32} {took:7.2f} s   {took * 1000 / yardstick:8.0f} yardsticks")


if __name__ == "__main__":
    main()
