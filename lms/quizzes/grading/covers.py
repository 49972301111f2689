"""The cover pages of handwritten essays: a page a candidate, the name above the cut, the QR and the code below."""

import io
from collections.abc import Callable, Sequence
from pathlib import Path

import segno

from lms.core import typesetting
from lms.core.messages import N_
from lms.quizzes.grading.models import EssayTask
from lms.quizzes.grading.queries import Person

TEMPLATE = Path(__file__).with_name("covers.typ")
Say = Callable[[str], str]


def covers_pdf(
    task: EssayTask, people: Sequence[Person], *, centre: str, address: Callable[[str], str], say: Say
) -> bytes:
    """The PDF of everybody's cover; ``address`` gives the whole address that the QR of a key leads to."""
    made = [one for one in people if one.submission is not None]
    data = {
        "centre": centre,
        "course": task.course_class.title,
        "title": task.title,
        "anonymous": task.anonymous,
        "words": {
            "heading": say(N_("Bìa bài thu hoạch")),
            "name": say(N_("Họ và tên")),
            "born": say(N_("Ngày sinh")),
            "unit": say(N_("Đơn vị")),
            "course": say(N_("Lớp")),
            "signed": say(N_("Học viên ký tên")),
            "sheets": say(N_("Số tờ giấy thi")),
            "cut": say(N_("Rọc phách theo đường này")),
            "scan": say(
                N_("Giáo vụ chụp trang bìa này trước, rồi chụp lần lượt từng trang bài làm phía sau.")
            ),
            "apart": say(N_("Viết bài trên giấy riêng, không viết vào trang bìa này.")),
            "essay": say(N_("Bài thu hoạch")),
            "code": say(N_("Số phách")),
            "mark": say(N_("Điểm")),
        },
        "people": [
            {
                "name": one.account.full_name,
                "born": one.account.born or "",
                "unit": one.unit.name if one.unit else "",
                "qr": f"{one.submission.public_id}.svg",
            }
            for one in made
            if one.submission is not None
        ],
    }
    pictures = {
        f"{one.submission.public_id}.svg": _qr(address(one.submission.public_id))
        for one in made
        if one.submission is not None
    }
    return typesetting.pdf(TEMPLATE, data, pictures)


def _qr(text: str) -> bytes:
    target = io.BytesIO()
    segno.make(text, error="q", micro=False).save(target, kind="svg", border=4, xmldecl=True)
    return target.getvalue()
