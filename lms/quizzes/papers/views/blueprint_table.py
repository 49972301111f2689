"""The blueprint as a table: what the bank has in each cell, and how many a paper takes."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.core.actor import Actor
from lms.core.errors import Invalid, NotAllowed
from lms.quizzes.bank.models import Level, Topic
from lms.quizzes.bank.queries import cell_counts, topics_of
from lms.quizzes.papers import forms, operations, rules
from lms.quizzes.papers.blueprints import (
    Column,
    Line,
    available,
    columns_for,
    is_even,
    spread,
    totals,
    weighted,
)
from lms.quizzes.papers.checking import lines_of
from lms.quizzes.papers.forms import BlueprintInput
from lms.quizzes.papers.models import Assessment
from lms.quizzes.papers.views.blueprint import COMPOSE, blueprint, open_assessment
from lms.web.i18n import marks, say


@blueprint.route("/<key>/blueprint", access=COMPOSE)
def edit_blueprint(key: str) -> ResponseReturnValue:
    """The table."""
    actor, assessment = open_assessment(key)
    _must_edit(actor, assessment)
    topics = topics_of(assessment.bank_id)
    return _table_page(assessment, topics, lines_of(assessment))


@blueprint.route("/<key>/blueprint", access=COMPOSE, methods=["POST"])
def save_blueprint(key: str) -> ResponseReturnValue:
    """Store the table."""
    actor, assessment = open_assessment(key)
    _must_edit(actor, assessment)
    topics = topics_of(assessment.bank_id)
    given = BlueprintInput(request.form, topics, columns_for(lines_of(assessment)))
    if given.errors:
        return _table_page(assessment, topics, given.lines, given), 422
    return _store(actor, assessment, topics, weighted(given.lines, given.weights), given)


@blueprint.route("/<key>/blueprint/quick", access=COMPOSE, methods=["POST"])
def quick_blueprint(key: str) -> ResponseReturnValue:
    """So many questions of the ticked topics, of any level, in place of what was there."""
    actor, assessment = open_assessment(key)
    _must_edit(actor, assessment)
    topics = topics_of(assessment.bank_id)
    form = forms.QuickForm()
    ticked = set(request.form.getlist("topics"))
    chosen: list[int | None] = [topic.id for topic in topics if topic.public_id in ticked]
    if not form.validate_on_submit() or not chosen:
        if not chosen:
            form.form_errors.append(_("Hãy đánh dấu ít nhất một chủ đề."))
        return _table_page(assessment, topics, lines_of(assessment), quick=form, ticked=ticked), 422
    counts = cell_counts(assessment.bank_id)
    stock = {topic: available(counts, topic, Column(None, None)) for topic in chosen}
    lines = weighted(spread(form.questions.data, chosen, stock), None)
    return _store(actor, assessment, topics, lines, None)


def _store(
    actor: Actor,
    assessment: Assessment,
    topics: Sequence[Topic],
    lines: list[Line],
    given: BlueprintInput | None,
) -> ResponseReturnValue:
    try:
        operations.set_blueprint(
            actor=actor,
            assessment=assessment,
            lines=lines,
            revision=forms.revision_of(request.form.get("revision")),
        )
    except Invalid as error:
        flash(say(error.message), "danger")
        return _table_page(assessment, topics, lines, given), 422
    flash(_("Đã lưu ma trận: %(count)s câu.", count=totals(lines).questions), "ok")
    return redirect(url_for("papers.show", key=assessment.public_id), 303)


def _must_edit(actor: Actor, assessment: Assessment) -> None:
    if not rules.may_edit(actor, assessment):
        raise NotAllowed


def _table_page(
    assessment: Assessment,
    topics: Sequence[Topic],
    lines: Sequence[Line],
    given: BlueprintInput | None = None,
    *,
    quick: forms.QuickForm | None = None,
    ticked: set[str] | None = None,
) -> str:
    counts = cell_counts(assessment.bank_id)
    columns = columns_for(lines)
    taken = {(line.topic, line.column): line.count for line in lines}
    rows = [
        {
            "topic": topic,
            "cells": [_cell(topic, column, counts, taken, given) for column in columns],
        }
        for topic in (*topics, None)
    ]
    return render_template(
        "papers/blueprint.html",
        assessment=assessment,
        columns=columns,
        rows=rows,
        totals=totals(lines),
        even=given.even if given else is_even(lines),
        weights=_weights(lines, given),
        errors={name: say(message) for name, message in given.errors.items()} if given else {},
        revision=request.form.get("revision") or assessment.revision,
        quick=quick or forms.QuickForm(formdata=None, questions=10),
        ticked={topic.public_id for topic in topics} if ticked is None else ticked,
        stock={topic.id: available(counts, topic.id, Column(None, None)) for topic in topics},
    )


def _cell(
    topic: Topic | None,
    column: Column,
    counts: Mapping[Any, int],
    taken: Mapping[tuple[int | None, Column], int],
    given: BlueprintInput | None,
) -> dict[str, Any]:
    name = forms.cell_name(topic, column)
    count = taken.get((topic.id if topic else None, column), 0)
    return {
        "name": name,
        "column": column,
        "available": available(counts, topic.id if topic else None, column),
        "count": count,
        "value": given.typed.get(name, "") if given and name in given.errors else (count or ""),
    }


def _weights(lines: Sequence[Line], given: BlueprintInput | None) -> dict[Level | None, str]:
    """The texts in the fields of the weights by level."""
    even = weighted(lines, None)
    shown = {line.level: line.weight for line in lines}
    start = even[0].weight if even else 100
    return {
        level: given.typed.get(forms.weight_name(level), "")
        if given and not given.even
        else marks(shown.get(level, start))
        for level in (*Level, None)
    }
