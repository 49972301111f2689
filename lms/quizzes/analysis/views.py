"""How each question of an assessment did."""

import io
from decimal import Decimal

from flask import render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.core.errors import NotFound
from lms.core.file_names import safe_name
from lms.core.numbers import format_number, format_percent, format_share
from lms.quizzes.analysis import export, rules, words
from lms.quizzes.analysis.queries import assessment_in, observations, performance_of, questions_asked
from lms.quizzes.analysis.reports import (
    ENOUGH_FOR_DISCRIMINATION,
    AttemptSet,
    TestReport,
    ordered,
    report,
)
from lms.quizzes.bank.words import ASPECTS, LEVELS
from lms.quizzes.papers.models import Assessment
from lms.web.guard import GuardedBlueprint, current_actor, require_actor, roles
from lms.web.i18n import language, say

blueprint = GuardedBlueprint("analysis", __name__, template_folder="templates")
READING = roles(*rules.READS)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _analysed(assessment_id: str) -> tuple[Assessment, AttemptSet, TestReport]:
    assessment = assessment_in(require_actor().scope(*rules.READS), assessment_id)
    if assessment is None:
        raise NotFound
    asked = request.args.get("attempts", "")
    chosen = AttemptSet(asked) if asked in set(AttemptSet) else AttemptSet.FIRST
    seen = observations(assessment.id, chosen)
    return assessment, chosen, report(seen, questions_asked(one.version_id for one in seen))


@blueprint.route("/results/<assessment_id>/questions", access=READING)
def questions(assessment_id: str) -> ResponseReturnValue:
    """Every question that was asked, the doubtful ones first."""
    assessment, chosen, analysed = _analysed(assessment_id)
    flagged = sum(bool(one.flags) for one in analysed.questions)
    only = request.args.get("show") == "flagged"
    rows = [one for one in analysed.questions if one.flags or not only]
    return render_template(
        "analysis/questions.html",
        assessment=assessment,
        test=analysed,
        rows=ordered(rows, request.args.get("sort", "")),
        flagged=flagged,
        chosen=chosen,
        active=[(_("Nên xem lại"), "show")] if only else [],
        attempt_sets=[(one.value, say(words.ATTEMPT_SETS[one])) for one in AttemptSet],
        words=words,
        levels=LEVELS,
        aspects=ASPECTS,
        option_text=lambda given: export.option_text(given, say),
        enough=ENOUGH_FOR_DISCRIMINATION,
        share=lambda count, total: format_share(count, total, language()),
        percent=lambda value: format_percent(value, language()),
        figure=figure,
    )


def figure(value: float | None, places: int = 2) -> str:
    """A statistical figure with so many decimals; ``–`` where it isn't defined."""
    if value is None:
        return "–"
    return format_number(Decimal(repr(value)), language(), places=places)


@blueprint.route("/results/<assessment_id>/questions/export", access=READING)
def export_questions(assessment_id: str) -> ResponseReturnValue:
    """The analysis as an Excel workbook."""
    assessment, chosen, analysed = _analysed(assessment_id)
    data = export.workbook(
        [
            _("Phân tích câu hỏi: %(title)s", title=assessment.title),
            assessment.course_class.title,
            _("%(set)s, %(count)s bài", set=say(words.ATTEMPT_SETS[chosen]), count=analysed.attempts),
        ],
        ordered(analysed.questions, request.args.get("sort", "")),
        analysed.total_weight,
        say,
    )
    name = _(
        "Phân tích câu hỏi %(title)s %(code)s", title=assessment.title, code=assessment.course_class.code
    )
    return send_file(io.BytesIO(data), XLSX, as_attachment=True, download_name=safe_name(f"{name}.xlsx"))


def usage_of_question(question_id: int) -> list[tuple[str, str]]:
    """For the bank's page of a question: where it was asked and how often it was answered rightly."""
    actor = current_actor()
    if actor is None:
        return []
    return [
        (
            _(
                "%(title)s: %(share)s trả lời đúng",
                title=one.title,
                share=format_share(one.right, one.seen, language()),
            ),
            url_for("analysis.questions", assessment_id=one.assessment_id),
        )
        for one in performance_of(question_id, actor.scope(*rules.READS))
    ]
