"""A list's rows: added, corrected, decided."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.auth.accounts.queries import account_in
from lms.auth.units.models import Unit
from lms.auth.units.queries import unit_in
from lms.core.actor import Scope
from lms.core.db import db
from lms.core.errors import Invalid, NotFound
from lms.core.vietnamese import search_key
from lms.courses.nominations import operations, queries, rules, words
from lms.courses.nominations.forms import RowForm
from lms.courses.nominations.models import NominationList
from lms.courses.nominations.views.blueprint import (
    EVERYBODY,
    KEEPERS,
    blueprint,
    choices,
    kept_list,
    open_list,
    to_list,
)
from lms.courses.nominations.views.lists import list_page
from lms.web.forms import mark_fields

VERDICTS = frozenset({"same", "other", "skip", "unskip", "accept"})


def _unit(found: NominationList, key: str | None) -> Unit | None:
    within = found.unit or found.course_class.unit
    return unit_in(Scope((within.path,)), key) if key else None


def _back(key: str) -> ResponseReturnValue:
    return to_list(key, show=request.form.get("show") or None, page=request.form.get("page") or None)


@blueprint.route("/nominations/<key>/rows", access=EVERYBODY, methods=["POST"])
def add(key: str) -> ResponseReturnValue:
    """One more person."""
    actor, found = open_list(key)
    form = RowForm.offering(choices(found))
    if form.validate():
        try:
            added = operations.add_row(
                actor=actor, nomination_list=found, typed=form.typed(), unit=_unit(found, form.unit.data)
            )
        except Invalid as error:
            db.session.rollback()
            mark_fields(form, error)
        else:
            flash(_("Đã thêm %(name)s.", name=added.full_name), "ok")
            return redirect(url_for("nominations.show", key=key, _anchor="new"), 303)
    return list_page(actor, found, new=form), 422


@blueprint.route("/nominations/<key>/rows/<row_key>", access=EVERYBODY)
def row(key: str, row_key: str) -> ResponseReturnValue:
    """A row beside what the file says."""
    _actor, found = open_list(key)
    return _row_page(found, row_key)


def _row_page(found: NominationList, row_key: str, form: RowForm | None = None) -> str:
    actor, found = open_list(found.public_id)
    one = queries.row_in(found, row_key)
    keeps = rules.may_keep(actor, found)
    changes = rules.may_change(actor, found)
    return render_template(
        "nominations/row.html",
        nomination_list=found,
        course_class=found.course_class,
        row=one,
        form=form or RowForm.offering(choices(found), one, fresh=True),
        keeps=keeps,
        changes=changes,
        hidden=frozenset() if keeps else words.OF_THE_REGISTER,
        candidates=queries.candidates(found.course_class.unit, search_key(one.full_name))
        if keeps and changes
        else [],
    )


@blueprint.route("/nominations/<key>/rows/<row_key>", access=EVERYBODY, methods=["POST"])
def save(key: str, row_key: str) -> ResponseReturnValue:
    """Correct a row."""
    actor, found = open_list(key)
    one = queries.row_in(found, row_key)
    form = RowForm.offering(choices(found), one)
    if form.validate():
        try:
            operations.edit_row(
                actor=actor,
                nomination_list=found,
                row_key=row_key,
                typed=form.typed(),
                unit=_unit(found, form.unit.data),
                everywhere=form.everywhere.data,
            )
        except Invalid as error:
            db.session.rollback()
            mark_fields(form, error)
        else:
            flash(_("Đã lưu."), "ok")
            return to_list(key)
    return _row_page(found, row_key, form), 422


@blueprint.route("/nominations/<key>/rows/<row_key>/decide", access=EVERYBODY, methods=["POST"])
def decide(key: str, row_key: str) -> ResponseReturnValue:
    """Same person or another; passed over or not; right as it is."""
    actor, found = open_list(key)
    verdict = request.form.get("do", "")
    if verdict not in VERDICTS:
        raise NotFound
    operations.decide(actor=actor, nomination_list=found, row_key=row_key, verdict=verdict)
    return _back(key)


@blueprint.route("/nominations/<key>/rows/<row_key>/person/<account_key>", access=KEEPERS, methods=["POST"])
def choose_person(key: str, row_key: str, account_key: str) -> ResponseReturnValue:
    """The known person whom the row means."""
    actor, found = kept_list(key)
    account = account_in(Scope((found.course_class.unit.path,)), account_key)
    operations.choose_person(actor=actor, nomination_list=found, row_key=row_key, account=account)
    return to_list(key)


@blueprint.route("/nominations/<key>/rows/<row_key>/place", access=KEEPERS, methods=["POST"])
def choose_unit(key: str, row_key: str) -> ResponseReturnValue:
    """The unit that a row's text means, for this row or all that write it so."""
    actor, found = kept_list(key)
    unit = _unit(found, request.form.get("unit"))
    if unit is None:
        flash(_("Chưa chọn đơn vị nào."), "warn")
        return _back(key)
    count = operations.choose_unit(
        actor=actor,
        nomination_list=found,
        row_key=row_key,
        unit=unit,
        everywhere=bool(request.form.get("everywhere")),
    )
    flash(_("Đã ghi đơn vị cho %(count)s hàng.", count=count), "ok")
    return _back(key)
