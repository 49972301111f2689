"""Making, numbering, sending and answering letters."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from lms.audit.operations import record, record_many
from lms.core import clock, files, seeds, vietnamese
from lms.core.actor import Actor, nobody
from lms.core.db import db, operation
from lms.core.errors import Conflict, Invalid, NotAllowed
from lms.core.messages import N_
from lms.core.vietnamese import after_class
from lms.courses.classes.models import CourseClass
from lms.courses.classes.operations import lock_class
from lms.jobs.models import Job
from lms.jobs.operations import enqueue
from lms.notices.operations import notify
from lms.results.letters import queries, rules
from lms.results.letters.models import LetterState, UnitLetter
from lms.results.letters.printing import Printed, draft_of
from lms.results.letters.queries.letters import JOB

NUMBER = re.compile(r"\d{1,5}[a-zA-Z]?")
SCANS = frozenset({"application/pdf", "image/jpeg", "image/png"})
LONGEST_TEXT = 5_000
NOT_PUBLISHED = N_("Kết quả của lớp chưa được công bố nên chưa làm công văn được. Hãy công bố kết quả trước.")


@operation
def start_making(*, actor: Actor, course_class: CourseClass, name: str) -> Job:
    """Begin to make the letters of all units of the class; the job that already does so, if there is one.

    ``name`` is the address to which the waiting page goes on.

    Raises:
        NotAllowed: the actor doesn't keep the class's letters.
        Conflict: the class's result isn't published, or no unit sent anybody.
    """
    if not rules.may_keep(actor, course_class.unit.path):
        raise NotAllowed
    if queries.published_result(course_class) is None:
        raise Conflict(NOT_PUBLISHED)
    if not queries.rows_of(course_class):
        raise Conflict(N_("Không có đơn vị nào cử học viên vào lớp này, nên không có công văn để làm."))
    running = queries.making_job(course_class)
    if running is not None and running.is_waiting:
        return running
    return enqueue(
        kind=JOB,
        payload={"class": course_class.id, "next_url": name},
        actor_id=actor.id,
        idempotency_key=f"{JOB}:{course_class.id}:{seeds.token()}",
    )


@operation
def keep_letters(*, actor_id: int, course_class: CourseClass, made: Mapping[int, Printed]) -> int:
    """Keep the letters made for these units, replacing those not sent yet; how many were kept.

    A number, a date and a scan that were entered stay with a letter that is made anew.
    """
    lock_class(course_class=course_class)
    known = {letter.unit_id: letter for letter in queries.letters_of(course_class)}
    kept = 0
    for unit_id, one in made.items():
        letter = known.get(unit_id)
        if letter is not None and (rules.is_sent(letter) or _changed(letter, one)):
            continue
        if letter is None:
            letter = UnitLetter(class_id=course_class.id, unit_id=unit_id)
            db.session.add(letter)
        letter.content = dict(one.draft.content)
        letter.recommendation = one.draft.recommendation
        letter.made_at, letter.made_by_id = clock.now(), actor_id
        _name_files(letter, one)
        kept += 1
    record(actor=nobody(), action="letters.made", subject=course_class, data={"letters": kept})
    return kept


def _changed(letter: UnitLetter, one: Printed) -> bool:
    """Whether somebody entered number or date while the new files were made, which lack them."""
    return (letter.number, letter.dated) != (one.draft.number, one.draft.dated)


def _name_files(letter: UnitLetter, one: Printed) -> None:
    letter.pdf, letter.docx = files.save(one.pdf), files.save(one.docx)


def _kept(actor: Actor, letter: UnitLetter) -> None:
    if not rules.may_keep(actor, letter.course_class.unit.path):
        raise NotAllowed
    lock_class(course_class=letter.course_class)


def _replace(letter: UnitLetter, before: Printed, expected: Mapping[str, Any]) -> None:
    """Name the new files, unless somebody changed the letter while they were made."""
    now = draft_of(letter)
    if {name: getattr(now, name) for name in expected} != expected or now.content != before.draft.content:
        raise Conflict
    _name_files(letter, before)


@operation
def edit_recommendation(*, actor: Actor, letter: UnitLetter, printed: Printed) -> None:
    """Keep another recommendation, with the files that ``printed`` made of it.

    Raises:
        NotAllowed: the actor doesn't keep the class's letters.
        Conflict: the letter was sent, or somebody changed it meanwhile.
    """
    _kept(actor, letter)
    if rules.is_sent(letter):
        raise Conflict(N_("Công văn đã gửi đơn vị nên không sửa được nữa."))
    draft = printed.draft
    _replace(letter, printed, {"number": draft.number, "dated": draft.dated})
    before, letter.recommendation = letter.recommendation, draft.recommendation
    record(
        actor=actor,
        action="letter.edited",
        subject=letter,
        data={"from": before, "to": letter.recommendation},
    )


def clean_number(text: str) -> str:
    """The number as the clerk gave it: digits, at most one letter after them; empty leaves it open.

    Raises:
        Invalid: it is something else.
    """
    number = vietnamese.clean_name(text)
    if number and not NUMBER.fullmatch(number):
        raise Invalid(
            fields={"number": N_("Chỉ ghi phần số, ví dụ 12 hoặc 12a. Ký hiệu phía sau được điền sẵn.")}
        )
    return number


@operation
def enter_number(*, actor: Actor, letter: UnitLetter, printed: Printed) -> None:
    """Keep number and date, with the files that ``printed`` made with them.

    Raises:
        NotAllowed: the actor doesn't keep the class's letters.
        Conflict: somebody changed the letter meanwhile.
        Invalid: the date lies in the future.
    """
    _kept(actor, letter)
    draft = printed.draft
    if draft.dated is not None and draft.dated > _today():
        raise Invalid(fields={"dated": N_("Ngày ký chưa tới. Hãy ghi ngày đã ký công văn.")})
    _replace(letter, printed, {"recommendation": draft.recommendation})
    letter.number, letter.dated = clean_number(draft.number), draft.dated
    record(
        actor=actor,
        action="letter.numbered",
        subject=letter,
        data={"number": letter.number, "dated": letter.dated},
    )


def _today() -> date:
    return clock.to_local(clock.now()).date()


@operation
def attach_scan(*, actor: Actor, letter: UnitLetter, scan: files.Prepared) -> None:
    """Keep the stamped copy; one that was there is replaced.

    Raises:
        NotAllowed: the actor doesn't keep the class's letters.
        Invalid: it is neither a PDF nor a picture.
    """
    _kept(actor, letter)
    if scan.media_type not in SCANS or not scan.size:
        raise Invalid(
            fields={"file": N_("Tệp này không phải PDF, JPG hay PNG. Hãy chọn bản quét của công văn.")}
        )
    letter.scan = files.save(scan)
    record(
        actor=actor, action="letter.scanned", subject=letter, data={"name": scan.name, "sha256": scan.sha256}
    )


@operation
def send(*, actor: Actor, course_class: CourseClass, keys: Collection[str], url: str) -> int:
    """Let the units see these letters and tell them, once each; how many were sent now.

    ``url`` is the letter's address with ``KEY`` in the place of its public id.

    Raises:
        NotAllowed: the actor doesn't keep the class's letters.
    """
    if not rules.may_keep(actor, course_class.unit.path):
        raise NotAllowed
    lock_class(course_class=course_class)
    waiting = [one for one in queries.letters_of(course_class, keys) if not rules.is_sent(one)]
    liaisons = queries.liaisons_of([one.unit for one in waiting])
    now = clock.now()
    for letter in waiting:
        letter.state, letter.sent_at = LetterState.SENT, now
        notify(
            account_ids=liaisons[letter.unit_id],
            text=N_("Có thông báo kết quả học tập lớp %(title)s."),
            params={"title": after_class(course_class.title)},
            url=url.replace("KEY", letter.public_id),
            once=f"letter.sent:{letter.public_id}",
        )
    record_many(actor=actor, action="letter.sent", entries=[(one, None) for one in waiting])
    return len(waiting)


@operation
def note_opened(*, actor: Actor, letter: UnitLetter) -> None:
    """Note that the unit opened the letter for the first time."""
    if letter.opened_at is None and actor.holds(letter.unit.path, *rules.LIAISON):
        letter.opened_at = clock.now()
        record(actor=actor, action="letter.opened", subject=letter)


@operation
def answer(*, actor: Actor, letter: UnitLetter, text: str, url: str) -> None:
    """Keep the unit's remarks, given by itself or written down by the centre; a later answer replaces them.

    Raises:
        NotAllowed: the letter wasn't sent, or the actor speaks neither for the unit nor for the centre.
        Invalid: there is no text, or too much.
    """
    if not rules.may_answer(actor, letter):
        raise NotAllowed
    text = vietnamese.nfc(text).strip()
    if not text:
        raise Invalid(fields={"reply": N_("Hãy ghi nhận xét của đơn vị.")})
    if len(text) > LONGEST_TEXT:
        raise Invalid(fields={"reply": N_("Nhận xét dài quá 5.000 ký tự. Hãy ghi gọn lại.")})
    letter.reply, letter.replied_at, letter.replied_by_id = text, clock.now(), actor.id
    letter.state = LetterState.ANSWERED
    record(actor=actor, action="letter.answered", subject=letter, data={"reply": text})
    if not rules.may_keep(actor, letter.course_class.unit.path):
        notify(
            account_ids=[letter.made_by_id],
            text=N_("%(unit)s đã trả lời công văn về %(title)s."),
            params={"unit": letter.unit.name, "title": letter.course_class.title},
            url=url,
            once=f"letter.answered:{letter.public_id}:{seeds.token(8)}",
        )


def unsent(letters: Sequence[UnitLetter]) -> list[UnitLetter]:
    """Those that no unit sees yet."""
    return [one for one in letters if not rules.is_sent(one)]
