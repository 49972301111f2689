"""The leader's one page, the month on one sheet, and what waits for a signature."""

import calendar
import re
from datetime import date
from pathlib import Path
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.auth.units.letterhead import letterhead
from lms.auth.units.models import Unit
from lms.auth.units.queries import centres_in, unit_in
from lms.centre.leading import rules
from lms.centre.leading.figures import Month
from lms.centre.leading.month_sheet import month_data
from lms.centre.leading.operations import sign_waiting
from lms.centre.leading.queries.overview import overview
from lms.centre.leading.queries.signing import waiting
from lms.centre.leading.words import gap_words
from lms.core import clock, typesetting
from lms.core.actor import Scope
from lms.core.errors import NotFound
from lms.web.answers import pdf_answer
from lms.web.guard import GuardedBlueprint, require_actor, roles
from lms.web.i18n import language, say

blueprint = GuardedBlueprint("leading", __name__, template_folder="templates", url_prefix="/leading")
READERS = roles(*rules.READERS)
SIGNERS = roles(*rules.SIGNERS)
TEMPLATE = Path(__file__).parent / "month.typ"
_MONTH = re.compile(r"(\d{4})-(\d{2})")


def _today() -> date:
    return clock.to_local(clock.now()).date()


def _wanted(text: str) -> tuple[date, date]:
    """First and last day of the month asked for as ``2026-11``; this month where none, or no month, is meant."""
    match = _MONTH.fullmatch(text)
    today = _today()
    year, month = (int(match[1]), int(match[2])) if match else (today.year, today.month)
    if not (1 <= month <= 12 and 1900 <= year <= 9000):  # noqa: PLR2004  (months, and years that a calendar has)
        year, month = today.year, today.month
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _centre() -> tuple[Unit, list[Unit]]:
    """The centre asked for, and those to choose from."""
    scope = rules.seen_scope(require_actor())
    centres = list(centres_in(scope))
    if key := request.args.get("centre", ""):
        found = unit_in(scope, key)
        if found not in centres:
            raise NotFound
        return found, centres
    if not centres:
        raise NotFound
    return centres[0], centres


def _overview(centre: Unit) -> Month:
    begins, ends = _wanted(request.args.get("month", ""))
    return overview(Scope((centre.path,)), begins, ends)


@blueprint.route("", access=READERS)
def index() -> ResponseReturnValue:
    """Classes, results, theory against practice and units that have not started, for one month."""
    centre, centres = _centre()
    month = _overview(centre)
    return render_template(
        "leading/index.html",
        month=month,
        sentences=[say(one) for one in gap_words(month.gap)],
        class_titles={one.id: one.title for one in month.running},
        centre=centre,
        centres=centres,
        previous=_shifted(month.begins, -1),
        following=_shifted(month.begins, 1),
        is_now=month.begins <= _today() <= month.ends,
    )


def _shifted(begins: date, by: int) -> str:
    number = begins.year * 12 + begins.month - 1 + by
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


@blueprint.route("/month.pdf", access=READERS)
def month_pdf() -> ResponseReturnValue:
    """The month on one A4 sheet."""
    centre, _centres = _centre()
    month = _overview(centre)
    data: dict[str, Any] = month_data(month, letterhead(centre), max(_today(), month.begins), language())
    return pdf_answer(typesetting.pdf(TEMPLATE, data), f"thang-{month.begins:%Y-%m}")


@blueprint.route("/signing", access=SIGNERS)
def signing() -> ResponseReturnValue:
    """What waits for a signature, by phone too."""
    return render_template("leading/signing.html", waiting=waiting(require_actor()))


@blueprint.route("/signing", access=SIGNERS, methods=["POST"])
def sign_chosen() -> ResponseReturnValue:
    """Sign what was ticked, all or nothing; where rolls are missing, after asking whether that is known."""
    keys = request.form.getlist("keys")
    if not keys:
        flash(_("Chưa chọn mục nào để ký."), "info")
        return redirect(url_for("leading.signing"))
    actor = require_actor()
    aware = request.form.get("aware") == "1"
    doubtful = [] if aware else [one for one in waiting(actor) if one.key in keys and one.warnings]
    if doubtful:
        return render_template(
            "leading/aware.html", doubtful=doubtful, keys=keys, unticked="aware-asked" in request.form
        )
    count = sign_waiting(actor=actor, keys=keys, aware=aware)
    flash(_("Đã ký %(count)s mục.", count=count), "ok")
    return redirect(url_for("leading.signing"))
