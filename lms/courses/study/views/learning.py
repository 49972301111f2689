"""What a learner studies: the modules of a class, a lesson, and the word that it is done."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.courses.study.models import DoneWhen
from lms.courses.study.operations import progress as verbs
from lms.courses.study.queries import course, learning
from lms.courses.study.queries.course import Deeds, LessonHead, Task
from lms.courses.study.queries.lessons import whole_lesson
from lms.courses.study.reckoning import may_confirm
from lms.courses.study.views.blueprint import blueprint
from lms.web.guard import SIGNED_IN, require_actor
from lms.web.headers import WITH_PDF, under


@blueprint.route("/learn/<key>", access=SIGNED_IN)
def my_class(key: str) -> ResponseReturnValue:
    """The modules of an own class, what is done and the next thing."""
    actor = require_actor()
    found = learning.studied_class(actor.id, key)
    page = render_template(
        "study/my_class.html",
        course_class=found.course_class,
        word=found.course_class.programme.module_word,
        parts=found.parts,
        deeds=found.deeds,
        me=actor.id,
        whole=found.whole,
        next=found.next,
    )
    finished = [
        lesson.id
        for part in found.parts
        for lesson in part.lessons
        if _is_to_settle(lesson, part.tasks_of(lesson.id), found.deeds, actor.id)
    ]
    if finished:
        verbs.settle_lessons(actor=actor, lesson_ids=finished)
    return page


def _is_to_settle(lesson: LessonHead, tasks: list[Task], deeds: Deeds, account_id: int) -> bool:
    mark = deeds.mark(lesson.id, account_id)
    waits = lesson.done_when is DoneWhen.ACTIVITIES and mark.opened and not mark.confirmed
    return waits and deeds.lesson_done(lesson, tasks, account_id)


@blueprint.route("/learn/<key>/<lesson_key>", access=SIGNED_IN)
def read(key: str, lesson_key: str) -> ResponseReturnValue:
    """A lesson; opening it is noted."""
    actor = require_actor()
    course_class, lesson, opened = learning.my_lesson(actor.id, key, lesson_key)
    if not opened:
        verbs.open_lesson(actor=actor, class_key=key, key=lesson_key)
    lesson = whole_lesson(lesson.id)
    parts = course.outline(course_class.programme_id)
    tasks = course.with_targets(course.activities_of(course_class.id, lesson.id))
    heads = [one for part in parts for one in part.lessons]
    place = next(place for place, one in enumerate(heads) if one.id == lesson.id)
    deeds = course.deeds([lesson.id], tasks, actor.id)
    done = deeds.lesson_done(heads[place], tasks, actor.id)
    page = render_template(
        "study/read.html",
        course_class=course_class,
        lesson=lesson,
        part=next(part for part in parts if part.id == lesson.module_id),
        word=course_class.programme.module_word,
        number=place + 1,
        lessons=len(heads),
        next=heads[place + 1] if place + 1 < len(heads) else None,
        tasks=[task for task in tasks if task.target is not None],
        deeds=deeds,
        me=actor.id,
        done=done,
        asks=not done and may_confirm(lesson.done_when, [False for task in tasks if task.counts]),
    )
    if _is_to_settle(heads[place], tasks, deeds, actor.id):
        verbs.settle_lessons(actor=actor, lesson_ids=[heads[place].id])
    return under(WITH_PDF, page)


@blueprint.route("/learn/<key>/<lesson_key>/done", access=SIGNED_IN, methods=["POST"])
def confirm(key: str, lesson_key: str) -> ResponseReturnValue:
    """The learner says that the lesson is studied."""
    verbs.confirm_lesson(actor=require_actor(), class_key=key, key=lesson_key)
    flash(_("Đã ghi nhận học xong bài này."), "ok")
    return redirect(url_for("study.read", key=key, lesson_key=lesson_key))
