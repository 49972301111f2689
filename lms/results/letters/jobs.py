"""Making the letters of a class: read, set and write outside of any transaction; then one operation keeps them."""

from collections.abc import Mapping
from typing import Any

from lms.core import clock
from lms.core.db import db
from lms.core.errors import Conflict
from lms.core.messages import N_, Message
from lms.courses.classes.models import CourseClass
from lms.jobs.registry import JobContext, job
from lms.results.letters import queries, rules
from lms.results.letters.models import UnitLetter
from lms.results.letters.operations import NOT_PUBLISHED, keep_letters
from lms.results.letters.printing import Draft, printed
from lms.results.letters.queries.letters import JOB
from lms.results.letters.wording import proposed


@job(JOB)
def make_letters(context: JobContext) -> Mapping[str, Any]:
    """Make the letter of every unit of the class ``payload["class"]`` that hasn't been sent one yet."""
    course_class = db.session.get_one(CourseClass, int(context.payload["class"]))
    drafts = drafts_of(course_class)
    db.session.rollback()
    made = {}
    for done, (unit_id, draft) in enumerate(drafts.items()):
        made[unit_id] = printed(draft)
        said = Message(N_("Đã làm công văn gửi %(unit)s."), {"unit": draft.content["unit"]})
        context.progress(done + 1, len(drafts), said)
        if context.cancelled():
            context.stop()
    kept = keep_letters(actor_id=context.actor_id or 0, course_class=course_class, made=made)
    return {"letters": kept, "next_url": context.payload.get("next_url", "")}


def drafts_of(course_class: CourseClass) -> dict[int, Draft]:
    """What the letters will say, by unit id, sent ones left out.

    Raises:
        Conflict: the class's result isn't published (any more).
    """
    result = queries.published_result(course_class)
    if result is None:
        raise Conflict(NOT_PUBLISHED)
    material = queries.material_of(course_class, result)
    known = {letter.unit_id: letter for letter in queries.letters_of(course_class)}
    today = clock.to_local(clock.now()).date().isoformat()
    drafts = {}
    for unit_id in material.units:
        letter = known.get(unit_id)
        if letter is not None and rules.is_sent(letter):
            continue
        content = {**material.report(unit_id), "head": material.head, "made_on": today}
        drafts[unit_id] = _draft(content, letter)
    return drafts


def _draft(content: Mapping[str, Any], letter: UnitLetter | None) -> Draft:
    """The new draft; number, date and a recommendation that staff wrote stay."""
    if letter is None:
        return Draft(content, proposed(content))
    own = letter.recommendation != proposed(letter.content)
    recommendation = letter.recommendation if own else proposed(content)
    return Draft(content, recommendation, letter.number, letter.dated)
