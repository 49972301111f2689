"""The list of assessments, and one assessment with all that can be done with it."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.audit.queries import trail
from lms.auth.units.queries import is_small_centre
from lms.core import clock
from lms.core.actor import Actor, Role
from lms.quizzes.bank.models import Aspect, Level
from lms.quizzes.bank.queries import cell_counts, topics_of
from lms.quizzes.papers import forms, queries, rules, words
from lms.quizzes.papers.blueprints import Line, available, is_even, totals
from lms.quizzes.papers.checking import lines_of, release_problems, shortfalls
from lms.quizzes.papers.models import Assessment, AssessmentKind, AssessmentState
from lms.quizzes.papers.queries import AssessmentFilter, Stage
from lms.quizzes.papers.views.blueprint import (
    READ,
    blueprint,
    cell_words,
    column_words,
    open_assessment,
    reading_scope,
)
from lms.web.guard import require_actor
from lms.web.i18n import say


@blueprint.route("", access=READ)
def index() -> ResponseReturnValue:
    """The assessments in the reader's scope."""
    actor = require_actor()
    scope = reading_scope(actor)
    wanted = _wanted()
    moment = clock.now()
    classes = queries.classes_in(scope)
    return render_template(
        "papers/index.html",
        page=queries.assessments(scope, wanted, moment, request.args.get("page", 1, type=int)),
        stage_of=lambda one: queries.stage(one, moment),
        composes=actor.has(Role.LECTURER),
        active=_active(wanted, {one.public_id: one.title for one in classes}),
        class_choices=[(one.public_id, one.title) for one in classes],
        kind_choices=[(kind.value, say(word)) for kind, word in words.KINDS.items()],
        stage_choices=[(stage.value, say(word)) for stage, word in words.STAGES.items()],
    )


def _wanted() -> AssessmentFilter:
    args = request.args
    kind, stage = args.get("kind", ""), args.get("stage", "")
    return AssessmentFilter(
        text=args.get("q", "")[:200],
        kind=AssessmentKind(kind) if kind in {one.value for one in AssessmentKind} else None,
        stage=Stage(stage) if stage in {one.value for one in Stage} else None,
        course_class=args.get("class", ""),
        sort=args.get("sort", ""),
    )


def _active(wanted: AssessmentFilter, classes: dict[str, str]) -> list[tuple[str, str]]:
    found = []
    if wanted.text:
        found.append((f"“{wanted.text}”", "q"))
    if wanted.course_class in classes:
        found.append((classes[wanted.course_class], "class"))
    if wanted.kind:
        found.append((say(words.KINDS[wanted.kind]), "kind"))
    if wanted.stage:
        found.append((say(words.STAGES[wanted.stage]), "stage"))
    return found


@blueprint.route("/<key>", access=READ)
def show(key: str) -> ResponseReturnValue:
    """One assessment."""
    actor, assessment = open_assessment(key)
    return show_page(actor, assessment)


def show_page(actor: Actor, assessment: Assessment, return_form: forms.ReturnForm | None = None) -> str:
    """The assessment's page, with what may be done and what is still wrong."""
    moment = clock.now()
    small = is_small_centre(assessment.unit)
    draft = assessment.state is AssessmentState.DRAFT
    lines = lines_of(assessment)
    begun = 0 if draft else queries.attempts_begun(assessment.id)
    return render_template(
        "papers/show.html",
        assessment=assessment,
        stage=queries.stage(assessment, moment),
        totals=totals(lines),
        lines=lines,
        even=is_even(lines),
        rows=_matrix_rows(assessment, lines),
        problems=release_problems(assessment, moment) if draft else [],
        missing=shortfall_rows(assessment) if draft else [],
        begun=begun,
        edits=rules.may_edit(actor, assessment),
        composes=rules.may_compose(actor, assessment.unit.path),
        submits=rules.may_submit(actor, assessment, small_centre=small),
        releases=rules.may_release(actor, assessment, small_centre=small),
        returns=rules.may_return(actor, assessment),
        withdraws=not begun and rules.may_withdraw(actor, assessment),
        archives=rules.may_archive(actor, assessment, moment),
        extends=rules.may_extend(actor, assessment, moment),
        return_form=return_form or forms.ReturnForm(formdata=None),
        history=[
            event for event in trail("assessment", assessment.id, limit=20) if event.action in words.ACTIONS
        ],
        learner_url=learner_url(assessment),
    )


def _matrix_rows(assessment: Assessment, lines: list[Line]) -> list[dict[str, Any]]:
    """The blueprint by topic, and how many questions each cell draws from: the pool's, or the bank's for a draft."""
    titles = {
        cell.topic_id: cell.topic.title if cell.topic else say(words.ANY_TOPIC) for cell in assessment.cells
    }
    sums = totals(lines).by_topic
    counts = pool_counts(assessment)
    return [
        {
            "topic": title,
            "questions": sums[topic],
            "cells": [
                {
                    "words": column_words(line.level, line.aspect),
                    "count": line.count,
                    "weight": line.weight,
                    "available": available(counts, topic, line.column),
                }
                for line in lines
                if line.topic == topic
            ],
        }
        for topic, title in titles.items()
    ]


def pool_counts(assessment: Assessment) -> Mapping[tuple[int, Level, Aspect], int]:
    """How many questions there are to draw from, by topic id, level and aspect."""
    if assessment.pool is None:
        return cell_counts(assessment.bank_id)
    return Counter(
        (topic, Level(level), Aspect(aspect))
        for _version, _question, topic, level, aspect in assessment.pool["items"]
    )


def learner_url(assessment: Assessment) -> str:
    """The whole address of the learner's page, to be sent."""
    return url_for("delivery.assessment", assessment_id=assessment.public_id, _external=True)


def shortfall_rows(assessment: Assessment) -> list[dict[str, Any]]:
    """The cells that the bank can't fill, in words, each with the address of the bank's questions for it."""
    found = shortfalls(lines_of(assessment), assessment.bank_id)
    if not found:
        return []
    topics = {topic.id: topic for topic in topics_of(assessment.bank_id)}
    titles: dict[int | None, str] = {topic.id: topic.title for topic in topics.values()}
    return [
        {
            "cell": cell_words(titles.get(one.line.topic), one.line.level, one.line.aspect),
            "wanted": one.line.count,
            "available": one.available,
            "lacking": one.lacking,
            "rivals": [
                cell_words(titles.get(rival.topic), rival.level, rival.aspect) for rival in one.rivals
            ],
            "url": url_for(
                "bank.show",
                key=assessment.bank.public_id,
                topic=topics[one.line.topic].public_id if one.line.topic else None,
                level=one.line.level.value if one.line.level else None,
                aspect=one.line.aspect.value if one.line.aspect else None,
                state="approved",
            ),
        }
        for one in found
    ]
