"""The unit tree, and each unit's page."""

import io

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.auth.units import operations as verbs
from lms.auth.units import queries, rules
from lms.auth.units.forms import CentreForm, LetterheadForm, RenameForm, UnitForm
from lms.auth.units.letterhead import SIGNERS, Letterhead, preview
from lms.auth.units.letterhead import letterhead as letterhead_of
from lms.auth.units.models import Unit, UnitKind
from lms.auth.units.queries import Branch
from lms.auth.units.words import KINDS
from lms.core import clock, vietnamese
from lms.core.db import db
from lms.core.errors import Invalid, NotAllowed, NotFound
from lms.web.forms import mark_fields
from lms.web.guard import GuardedBlueprint, require_actor, roles
from lms.web.i18n import zone_name

blueprint = GuardedBlueprint("units", __name__, template_folder="templates", url_prefix="/units")
KEEPERS = roles(*rules.KEEPERS)
LETTER_KEEPERS = roles(*rules.LETTER_KEEPERS)


def _load(key: str) -> Unit:
    return queries.unit_in(rules.kept_scope(require_actor()), key)


@blueprint.route("", access=KEEPERS)
def index() -> ResponseReturnValue:
    """The tree, or the units whose name holds every word looked for."""
    actor = require_actor()
    branches = queries.tree(rules.kept_scope(actor))
    total = len(branches)
    below = next((one.unit for one in branches if rules.kinds_to_add(actor, one.unit)), None)
    wanted = request.args.get("q", "").strip()
    if wanted:
        words = vietnamese.search_key(wanted).split()
        branches = [
            Branch(one.unit, 0) for one in branches if all(word in one.unit.search_key for word in words)
        ]
    return render_template(
        "units/index.html",
        branches=branches,
        kinds=KINDS,
        wanted=wanted,
        total=total,
        below=below,
    )


@blueprint.route("/<key>", access=KEEPERS)
def show(key: str) -> ResponseReturnValue:
    """One unit: its names, and what may be done with it."""
    unit = _load(key)
    rename = RenameForm(formdata=None, obj=unit, since=clock.to_local(clock.now(), zone_name()).date())
    return _page(unit, rename, _centre_form(unit))


def _centre_form(unit: Unit) -> CentreForm:
    settings = unit.settings or {}
    return CentreForm(
        formdata=None,
        prefix="centre",
        superior=settings.get("superior", ""),
        small_centre=bool(settings.get("small_centre", False)),
    )


def _page(unit: Unit, rename: RenameForm, centre: CentreForm, status: int = 200) -> ResponseReturnValue:
    actor = require_actor()
    return render_template(
        "units/show.html",
        unit=unit,
        kinds=KINDS,
        history=queries.history(unit),
        rename=rename,
        centre=centre,
        may_rename=rules.may_rename(actor, unit),
        may_set_up=rules.may_set_up(actor, unit) and unit.kind is UnitKind.CENTRE,
        may_set_letterhead=rules.may_set_letterhead(actor, unit),
        may_add=bool(rules.kinds_to_add(actor, unit)),
    ), status


@blueprint.route("/<key>/name", access=KEEPERS, methods=["POST"])
def rename(key: str) -> ResponseReturnValue:
    """Another name from a day on."""
    unit = _load(key)
    form = RenameForm()
    if form.validate():
        try:
            verbs.rename_unit(
                actor=require_actor(),
                unit=unit,
                name=form.name.data or "",
                short_name=form.short_name.data or "",
                since=form.since.data,
            )
        except Invalid as error:
            db.session.rollback()
            mark_fields(form, error)
        else:
            flash(_("Đã đổi tên đơn vị."), "ok")
            return redirect(url_for("units.show", key=key))
    return _page(_load(key), form, _centre_form(_load(key)), 422)


@blueprint.route("/<key>/settings", access=KEEPERS, methods=["POST"])
def set_up(key: str) -> ResponseReturnValue:
    """Settings of a centre."""
    unit = _load(key)
    form = CentreForm(prefix="centre")
    if not form.validate():
        rename = RenameForm(formdata=None, obj=unit, since=clock.to_local(clock.now(), zone_name()).date())
        return _page(unit, rename, form, 422)
    verbs.set_up_centre(
        actor=require_actor(),
        unit=unit,
        small_centre=bool(form.small_centre.data),
        superior=form.superior.data or "",
    )
    flash(_("Đã lưu cài đặt của trung tâm."), "ok")
    return redirect(url_for("units.show", key=key))


def _unit_form(parent: Unit) -> UnitForm:
    allowed = rules.kinds_to_add(require_actor(), parent)
    if not allowed:
        raise NotAllowed
    form = UnitForm()
    form.kind.choices = [(kind.value, _(KINDS[kind])) for kind in KINDS if kind in allowed]
    return form


@blueprint.route("/<key>/new", access=KEEPERS)
def new(key: str) -> ResponseReturnValue:
    """The form for a unit below this one."""
    parent = _load(key)
    form = _unit_form(parent)
    form.kind.data = UnitKind.PARTY_ORG.value
    return render_template("units/new.html", parent=parent, form=form)


@blueprint.route("/<key>/new", access=KEEPERS, methods=["POST"])
def add(key: str) -> ResponseReturnValue:
    """Add a unit below this one."""
    parent = _load(key)
    form = _unit_form(parent)
    if form.validate():
        try:
            verbs.add_unit(
                actor=require_actor(),
                parent=parent,
                kind=UnitKind(form.kind.data),
                name=form.name.data or "",
                short_name=form.short_name.data or "",
                code=form.code.data or "",
            )
        except Invalid as error:
            db.session.rollback()
            mark_fields(form, error)
        else:
            flash(_("Đã thêm đơn vị."), "ok")
            return redirect(url_for("units.index"))
    return render_template("units/new.html", parent=_load(key), form=form), 422


def _centre(key: str) -> Unit:
    """The centre of this address; ``NotFound`` for any other unit."""
    unit = queries.unit_in(rules.letters_scope(require_actor()), key)
    if unit.kind is not UnitKind.CENTRE:
        raise NotFound
    return unit


@blueprint.route("/<key>/letterhead", access=LETTER_KEEPERS)
def letterhead(key: str) -> ResponseReturnValue:
    """The heading of the centre's official papers."""
    unit = _centre(key)
    head = letterhead_of(unit)
    signer = next((name for name, role in SIGNERS.items() if role == head.signer_role), "director")
    return _letterhead_page(
        unit, LetterheadForm(formdata=None, data={**head.to_json(), "signer_role": signer})
    )


def _letterhead_page(unit: Unit, form: LetterheadForm, status: int = 200) -> ResponseReturnValue:
    keeps = require_actor().holds(unit.path, *rules.KEEPERS)
    return render_template("units/letterhead.html", unit=unit, form=form, keeps=keeps), status


@blueprint.route("/<key>/letterhead", access=LETTER_KEEPERS, methods=["POST"])
def set_letterhead(key: str) -> ResponseReturnValue:
    """Keep another heading; papers made before stay as they are."""
    unit = _centre(key)
    form = LetterheadForm()
    if form.validate():
        typed = {name: form[name].data or "" for name in Letterhead.__dataclass_fields__}
        chosen = Letterhead(**{**typed, "signer_role": SIGNERS[typed["signer_role"]]})
        try:
            verbs.set_letterhead(actor=require_actor(), unit=unit, chosen=chosen)
        except Invalid as error:
            db.session.rollback()
            mark_fields(form, error)
        else:
            flash(_("Đã lưu đầu công văn. Công văn làm từ nay theo mẫu này."), "ok")
            return redirect(url_for("units.letterhead", key=key), 303)
    return _letterhead_page(_centre(key), form, 422)


@blueprint.route("/<key>/letterhead.pdf", access=LETTER_KEEPERS)
def letterhead_preview(key: str) -> ResponseReturnValue:
    """A page with the heading as it is set, to look at."""
    return send_file(io.BytesIO(preview(letterhead_of(_centre(key)))), "application/pdf")
