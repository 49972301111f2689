"""Photographs in sequence: each goes to the candidate whose cover came last before it."""

from typing import BinaryIO, cast

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from lms.core.errors import Closed, Invalid, NotFound
from lms.core.files import Prepared
from lms.quizzes.grading import operations, photos, rules
from lms.quizzes.grading.models import EssayTask, Submission
from lms.quizzes.grading.views.blueprint import RUN, blueprint, must, open_cover, open_task
from lms.web.answers import wants_json
from lms.web.guard import require_actor
from lms.web.i18n import say

MOST_SAID = 6
MOST_NUMBER = 10_000


@blueprint.route("/essays/<key>/photos", access=RUN, methods=["POST"], limit="600/hour")
def take(key: str) -> ResponseReturnValue:
    """Photographs in sequence, beginning with a cover. A script that sends one at a time gets the next address as JSON."""
    actor, task = open_task(key)
    must(rules.may_run(actor, task) and task.handwritten)
    return _take(task, None)


@blueprint.route("/essays/cover/<cover>", access=RUN, methods=["POST"], limit="600/hour")
def take_more(cover: str) -> ResponseReturnValue:
    """More photographs of this candidate; a cover among them begins the next one."""
    submission = open_cover(cover)
    return _take(submission.task, submission)


class _Sequence:
    """Photographs on their way. ``key`` is whose the next one is, None after one that nobody can place."""

    def __init__(self, task: EssayTask, current: Submission | None) -> None:
        self.task = task
        self.key = self.last = current.public_id if current else None
        self.no_covers = current is not None and request.form.get("no-covers") == "1"
        self.taken: dict[str, list[Prepared]] = {}
        self.trouble: list[str] = []
        self.strays: list[str] = []

    def add(self, number: int, upload: FileStorage) -> None:
        """Put one photograph where it belongs; after one that may be a cover, pages wait for the next cover."""
        stream = cast("BinaryIO", upload.stream)
        try:
            look = photos.Look() if self.no_covers else photos.look(stream, upload.filename or "")
            if look.cover is not None:
                self._begin(number, look.cover)
            elif look.unread:
                self._lose(
                    _(
                        "Ảnh số %(number)s quá nhòe hoặc có mã QR không đọc được, có thể là trang bìa. Chưa nhận ảnh này và các trang sau nó: hãy chụp lại cho rõ, từ trang bìa.",
                        number=number,
                    )
                )
            elif self.key is None:
                self.strays.append(str(number))
            else:
                name = f"trang-{number}.jpg"
                self.taken.setdefault(self.key, []).append(photos.prepare_photo(stream, name))
                if look.blurred:
                    self.trouble.append(
                        _("Ảnh số %(number)s đã nhận nhưng hơi nhòe. Hãy xem lại, cần thì bỏ đi và chụp lại.", number=number)
                    )  # fmt: skip
        except Invalid as error:
            words = say(error.message)
            self._lose(
                _(
                    "Ảnh số %(number)s: %(words)s Chưa nhận các trang sau ảnh này cho đến trang bìa tiếp theo.",
                    number=number,
                    words=words,
                )
            )

    def _begin(self, number: int, cover: str) -> None:
        try:
            submission = open_cover(cover)
        except NotFound:
            submission = None
        if submission is None or submission.task_id != self.task.id:
            self._lose(
                _(
                    "Ảnh số %(number)s là bìa của bài thu hoạch khác. Chưa nhận bìa này và các trang sau nó.",
                    number=number,
                )
            )
            return
        self.key = self.last = cover
        self.taken.setdefault(cover, [])

    def _lose(self, words: str) -> None:
        self.key = None
        self.trouble.append(words)

    def file(self) -> list[str]:
        """Add the photographs to their candidates; a line for each that got some."""
        told = []
        for key, prepared in self.taken.items():
            if not prepared:
                continue
            submission = open_cover(key)
            name = submission.account.full_name
            try:
                pages = operations.add_photos(actor=require_actor(), submission=submission, photos=prepared)
                told.append(
                    _(
                        "%(name)s: thêm %(count)s ảnh, được %(pages)s trang.",
                        name=name,
                        count=len(prepared),
                        pages=pages,
                    )
                )
            except (Closed, Invalid) as error:
                self.trouble.append(f"{name}: {say(error.message)}")
        return told


def _first_number() -> int:
    text = request.form.get("number", "")
    return min(int(text), MOST_NUMBER) if text.isascii() and text.isdigit() else 1


def _take(task: EssayTask, current: Submission | None) -> ResponseReturnValue:
    sequence = _Sequence(task, current)
    sent = [one for one in request.files.getlist("photos") if one.filename]
    for number, upload in enumerate(sent, start=_first_number()):
        sequence.add(number, upload)
    told = sequence.file()
    start = url_for("essays.photographs", key=task.public_id)
    page = url_for("essays.cover", cover=sequence.last) if sequence.last else start
    if wants_json():
        following = url_for("essays.cover", cover=sequence.key) if sequence.key else start
        return {
            "next": following,
            "page": page,
            "trouble": sequence.trouble,
            "stray": bool(sequence.strays),
        }
    _tell(sequence, told, nothing=not sent)
    return redirect(page, 303)


def _tell(sequence: _Sequence, told: list[str], *, nothing: bool) -> None:
    """The same in messages, few enough for the cookie that carries them."""
    if nothing:
        flash(_("Chưa chọn ảnh nào."), "warn")
    for line in told[-MOST_SAID:]:
        flash(line, "ok")
    for line in sequence.trouble[:MOST_SAID]:
        flash(line, "danger")
    if sequence.strays:
        flash(
            _(
                "Ảnh số %(numbers)s chưa biết của ai, nên chưa nhận. Hãy chụp trang bìa trước, hoặc chọn tên học viên.",
                numbers=", ".join(sequence.strays),
            ),
            "danger",
        )
