"""The results table, its sheet and its print; publication."""

import io
from typing import Any

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.auth.units.queries import centre_above
from lms.core import clock
from lms.core.errors import NotFound
from lms.core.file_names import safe_name
from lms.quizzes.delivery.rules import has_ended
from lms.quizzes.papers.models import Assessment
from lms.results.gradebook import export, rules, words
from lms.results.gradebook.forms import WithdrawForm
from lms.results.gradebook.operations import note_access, publish, withdraw_publication
from lms.results.gradebook.queries import assessment_in, publication_of, released_in, result_rows
from lms.results.gradebook.summary import Summary, summarise
from lms.results.gradebook.table import Outcome, ResultRow, Wanted, arranged, units_of
from lms.results.gradebook.views import PUBLISHING, READING, blueprint
from lms.web.guard import require_actor
from lms.web.i18n import language, say, vndatetime, zone_name

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.route("/results", access=READING)
def index() -> ResponseReturnValue:
    """Assessments whose results can be read."""
    found = released_in(require_actor().scope(*rules.READS))
    return render_template("gradebook/index.html", assessments=found)


def open_assessment(assessment_id: str) -> Assessment:
    """The assessment of this address; ``NotFound`` outside of the reader's scope."""
    assessment = assessment_in(require_actor().scope(*rules.READS), assessment_id)
    if assessment is None:
        raise NotFound
    return assessment


def wanted_rows() -> Wanted:
    """What the query string asks for; nonsense counts as nothing."""
    outcome = request.args.get("outcome", "")
    return Wanted(
        text=request.args.get("q", "").strip()[:100],
        unit=request.args.get("unit", "")[:40],
        outcome=Outcome(outcome) if outcome in set(Outcome) else None,
        sort=request.args.get("sort", "") or "name",
    )


def active_filters(wanted: Wanted, rows: list[ResultRow]) -> list[tuple[str, str]]:
    """The filters in words, with the parameter of each."""
    units = dict(units_of(rows))
    found = []
    if wanted.text:
        found.append((f"“{wanted.text}”", "q"))
    if wanted.unit:
        found.append((units.get(wanted.unit, _("Đơn vị không có trong lớp")), "unit"))
    if wanted.outcome:
        found.append((say(words.OUTCOMES[wanted.outcome]), "outcome"))
    return found


@blueprint.route("/results/<assessment_id>", access=READING)
def results(assessment_id: str) -> ResponseReturnValue:
    """Everybody of the class with the mark that counts."""
    assessment = open_assessment(assessment_id)
    rows, wanted = result_rows(assessment), wanted_rows()
    summary = summarise(rows, assessment.pass_mark)
    return render_template(
        "gradebook/results.html",
        assessment=assessment,
        rows=arranged(rows, wanted),
        summary=summary,
        wanted=wanted,
        active=active_filters(wanted, rows),
        unit_choices=units_of(rows),
        outcome_choices=[(outcome.value, say(words.OUTCOMES[outcome])) for outcome in Outcome],
        columns=[
            {
                "key": key,
                "label": say(label),
                "kind": "" if key == "born" else kind,
                "sort": True,
                "narrow": key in {"born", "outcome"},
            }
            for key, label, kind in words.COLUMNS
            if key != "closed_by"  # said under the time where it wasn't the learner
        ],
        words=words,
        publication=publication_of(assessment.id),
        may_publish=rules.may_publish(require_actor(), assessment.unit.path),
        ask_to_publish=_ask_to_publish(assessment, summary),
    )


def _ask_to_publish(assessment: Assessment, summary: Summary) -> str:
    """What the dialog asks, with what staff should know first."""
    asked = [_("Công bố điểm của %(count)s người?", count=summary.sat)]
    if summary.not_sat and not has_ended(assessment, clock.now()):
        asked.append(_("Còn %(count)s người chưa làm và bài vẫn đang mở.", count=summary.not_sat))
    elif summary.not_sat:
        asked.append(_("%(count)s người không làm bài.", count=summary.not_sat))
    asked.append(_("Học viên xem được điểm ngay."))
    return " ".join(asked)


@blueprint.route("/results/<assessment_id>/export", access=READING)
def export_results(assessment_id: str) -> ResponseReturnValue:
    """The table as shown, as an Excel workbook; that it was taken is noted."""
    assessment, context = _sheet_context(assessment_id)
    data = export.workbook(
        export.Sheet(
            centre=context["centre"],
            title=assessment.title,
            class_title=assessment.course_class.title,
            filters=[text for text, _name in context["active"]],
            made_at=vndatetime(clock.now()),
            zone=zone_name(),
        ),
        context["rows"],
        context["summary"],
        say,
    )
    name = _("Kết quả %(title)s %(code)s", title=assessment.title, code=assessment.course_class.code)
    answer = send_file(io.BytesIO(data), XLSX, as_attachment=True, download_name=safe_name(f"{name}.xlsx"))
    note_access(
        actor=require_actor(),
        action="results.exported",
        subject=assessment,
        data={"rows": len(context["rows"])},
    )
    return answer


@blueprint.route("/results/<assessment_id>/print", access=READING)
def print_results(assessment_id: str) -> ResponseReturnValue:
    """The table as shown, for paper; that it was taken is noted."""
    assessment, context = _sheet_context(assessment_id)
    page = render_template(
        "gradebook/print.html", assessment=assessment, words=words, language=language(), **context
    )
    note_access(
        actor=require_actor(),
        action="results.printed",
        subject=assessment,
        data={"rows": len(context["rows"])},
    )
    return page


def _sheet_context(assessment_id: str) -> tuple[Assessment, dict[str, Any]]:
    assessment = open_assessment(assessment_id)
    rows, wanted = result_rows(assessment), wanted_rows()
    centre = centre_above(assessment.unit.path)
    shown = arranged(rows, wanted)
    return assessment, {
        "centre": (centre or assessment.unit).name,
        "rows": shown,
        "active": active_filters(wanted, rows),
        "summary": summarise(shown, assessment.pass_mark),
        "now": clock.now(),
    }


@blueprint.route("/results/<assessment_id>/publish", access=PUBLISHING, methods=["POST"])
def publish_results(assessment_id: str) -> ResponseReturnValue:
    """Let learners see their marks."""
    publish(actor=require_actor(), assessment_id=assessment_id)
    flash(_("Đã công bố điểm. Học viên xem được ngay."), "ok")
    return redirect(url_for("gradebook.results", assessment_id=assessment_id))


@blueprint.route("/results/<assessment_id>/withdraw", access=PUBLISHING)
def withdraw_page(assessment_id: str) -> ResponseReturnValue:
    """Ask why the publication is taken back."""
    return _withdraw_page(assessment_id, WithdrawForm())


def _withdraw_page(assessment_id: str, form: WithdrawForm) -> ResponseReturnValue:
    actor = require_actor()
    assessment = assessment_in(actor.scope(*rules.PUBLISHES), assessment_id)
    if assessment is None:
        raise NotFound
    publication = publication_of(assessment.id)
    if publication is None:
        flash(_("Điểm hiện không được công bố, không có gì để thu lại."), "info")
        return redirect(url_for("gradebook.results", assessment_id=assessment_id))
    return render_template(
        "gradebook/withdraw.html", assessment=assessment, publication=publication, form=form
    )


@blueprint.route("/results/<assessment_id>/withdraw", access=PUBLISHING, methods=["POST"])
def withdraw(assessment_id: str) -> ResponseReturnValue:
    """Take the publication back."""
    form = WithdrawForm()
    if not form.validate_on_submit():
        page = _withdraw_page(assessment_id, form)
        return (page, 422) if isinstance(page, str) else page
    withdraw_publication(actor=require_actor(), assessment_id=assessment_id, reason=form.reason.data or "")
    flash(_("Đã thu lại việc công bố. Học viên tạm thời không xem được điểm."), "ok")
    return redirect(url_for("gradebook.results", assessment_id=assessment_id))
