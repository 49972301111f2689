"""One example paper, drawn as a learner's would be, with its key; on the screen and on paper."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.core import seeds
from lms.core.actor import Actor
from lms.quizzes import kinds
from lms.quizzes.bank.queries import topics_of
from lms.quizzes.kinds.base import Presentation
from lms.quizzes.papers.checking import lines_of, trial
from lms.quizzes.papers.models import Assessment
from lms.quizzes.papers.pool import draw_slots
from lms.quizzes.papers.solver import Slot
from lms.quizzes.papers.versions import VersionSnapshot, snapshots
from lms.quizzes.papers.views.blueprint import READ, blueprint, open_assessment
from lms.quizzes.papers.views.listing import shortfall_rows

SEEDS = 1_000_000
"""Example papers have short numbers, to be read out; a learner's seed is a long one."""


@blueprint.route("/<key>/preview", access=READ)
def preview(key: str) -> ResponseReturnValue:
    """An example paper with key and explanations."""
    actor, assessment = open_assessment(key)
    return _page("papers/preview.html", actor, assessment)


@blueprint.route("/<key>/preview/print", access=READ)
def print_preview(key: str) -> ResponseReturnValue:
    """The example paper to print, with its key or without."""
    actor, assessment = open_assessment(key)
    return _page("papers/print.html", actor, assessment)


def _page(template: str, actor: Actor, assessment: Assessment) -> ResponseReturnValue:
    del actor
    seed = request.args.get("seed", type=int)
    if seed is None or not 0 <= seed < SEEDS:
        fresh = seeds.new_seed() % SEEDS
        answers = request.args.get("answers")
        return redirect(
            url_for(request.endpoint or "", key=assessment.public_id, seed=fresh, answers=answers)
        )
    slots, missing = _drawn(assessment, seed)
    versions = snapshots(slot.version_id for slot in slots)
    return render_template(
        template,
        assessment=assessment,
        seed=seed,
        other_seed=(seed + 1 + seeds.derive(seed, "other") % 997) % SEEDS,
        questions=[
            _question(assessment, seed, number, slot, versions) for number, slot in enumerate(slots, 1)
        ],
        missing=missing,
        with_key="answers" in request.args,
        minutes=assessment.time_limit // 60 if assessment.time_limit else None,
        distribution=Counter(
            (versions[slot.version_id].level, versions[slot.version_id].aspect) for slot in slots
        ),
        by_topic=Counter(versions[slot.version_id].topic_id for slot in slots),
        topics=topics_of(assessment.bank_id),
    )


def _drawn(assessment: Assessment, seed: int) -> tuple[Sequence[Slot], list[dict[str, Any]]]:
    """The slots that a seed draws — of a released assessment from its pool, of a draft from the bank — or what lacks."""
    if assessment.pool is not None:
        return draw_slots(assessment, seed), []
    drawing = trial(lines_of(assessment), assessment.bank_id, seed)
    if not drawing.complete:
        return [], shortfall_rows(assessment)
    return drawing.slots, []


def _question(
    assessment: Assessment, seed: int, number: int, slot: Slot, versions: dict[int, VersionSnapshot]
) -> dict[str, Any]:
    version = versions[slot.version_id]
    kind = kinds.get(version.kind)
    shown: Presentation = kind.present(
        version.content, seeds.derive(seed, "slot", number), shuffle=assessment.shuffle_options
    )
    answer = kind.correct_answer(version.content, version.key)
    return {
        "number": number,
        "shown": shown,
        "weight": slot.weight,
        "right": frozenset(kind.option_ids(answer)) if shown.options else frozenset(),
        "answer": kind.describe_answer(version.content, answer),
        "explanation": version.explanation,
        "level": version.level,
        "aspect": version.aspect,
    }
