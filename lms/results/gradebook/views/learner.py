"""A learner's own result."""

from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.core import clock
from lms.core.errors import NotFound
from lms.quizzes.delivery.models import Attempt, AttemptState
from lms.quizzes.delivery.queries.attempts import attempt_by_public_id, standings
from lms.quizzes.delivery.queries.papers import kind_at, paper_of
from lms.quizzes.delivery.views.papers import as_html, in_words
from lms.quizzes.papers.rules import is_practice
from lms.quizzes.papers.versions import snapshots
from lms.results.gradebook import rules
from lms.results.gradebook.queries import own_results, publication_of
from lms.results.gradebook.views import blueprint
from lms.web.guard import SIGNED_IN, require_actor


@blueprint.route("/attempts/<attempt_id>/result", access=SIGNED_IN)
def my_result(attempt_id: str) -> ResponseReturnValue:
    """A learner's own result; before publication only the word that it isn't out yet."""
    attempt = attempt_by_public_id(attempt_id, require_actor().id)
    if attempt is None or is_practice(attempt.assessment):
        raise NotFound
    if attempt.state is not AttemptState.CLOSED:
        return redirect(url_for("delivery.paper", attempt_id=attempt_id))
    publication = publication_of(attempt.assessment_id)
    results = own_results(attempt.assessment_id, attempt.account_id) if publication is not None else []
    own = next((one for one in results if one.attempt_id == attempt.public_id), None)
    if publication is None or own is None:
        return render_template("gradebook/not_published.html", attempt=attempt)
    wanted = rules.shows_own_answers(attempt.assessment)
    opened = rules.review_is_open(attempt.assessment, clock.now())
    return render_template(
        "gradebook/my_result.html",
        attempt=attempt,
        own=own,
        result=own.result,
        others=[one for one in results if one is not own],
        publication=publication,
        review=_review(attempt) if wanted and opened else [],
        review_later=wanted and not opened,
        shows_key=rules.shows_key(attempt.assessment),
    )


def _review(attempt: Attempt) -> list[dict[str, Any]]:
    """Each question with the own answer, and — where the rules allow it — the key and why."""
    paper = paper_of(attempt, shuffle=attempt.assessment.shuffle_options)
    snapshots(paper.version_ids)
    given = standings(attempt.id)
    with_key = rules.shows_key(attempt.assessment)
    rows = []
    for slot in range(1, paper.length + 1):
        kind, version = kind_at(paper, slot)
        answer = given[slot].answer if slot in given else None
        row = {
            "slot": slot,
            "stem": as_html(version.content["stem"], "html"),
            "answer": in_words(paper, slot, answer),
            "empty": kind.is_empty(answer),
            "share": kind.grade(version.content, version.key, answer),
        }
        if with_key:
            row["key"] = in_words(paper, slot, kind.correct_answer(version.content, version.key))
            row["explanation"] = as_html(version.explanation, "html")
        rows.append(row)
    return rows
