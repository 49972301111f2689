"""Programmes with their modules."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.auth.units.models import Unit
from lms.auth.units.queries import centres_in
from lms.core.db import db
from lms.core.errors import Invalid, NotAllowed, NotFound
from lms.courses.catalogue import queries, rules
from lms.courses.catalogue.forms import ModuleForm, ProgrammeForm
from lms.courses.catalogue.models import Programme
from lms.courses.catalogue.operations import modules as parting
from lms.courses.catalogue.operations import programmes as making
from lms.courses.catalogue.views.blueprint import KEEPERS, READERS, blueprint
from lms.web.forms import mark_fields
from lms.web.guard import require_actor


def _kept(key: str) -> tuple[Programme, Unit]:
    return queries.programme_in(rules.kept_scope(require_actor()), key)


@blueprint.route("/programmes", access=READERS)
def index() -> ResponseReturnValue:
    """The programmes of the own centres."""
    actor = require_actor()
    wanted = request.args.get("q", "").strip()
    return render_template(
        "catalogue/index.html",
        page=queries.programmes(rules.seen_scope(actor), wanted, request.args.get("page", 1, type=int)),
        wanted=wanted,
        may_keep=bool(rules.kept_scope(actor)),
    )


def _own_centres() -> Sequence[Unit]:
    centres = centres_in(rules.kept_scope(require_actor()))
    if not centres:
        raise NotAllowed
    return centres


def _beside_all(centres: Sequence[Unit]) -> list[Programme]:
    """What a new programme can ask for; where there are several centres it is chosen afterwards."""
    return queries.programmes_beside(centres[0]) if len(centres) == 1 else []


@blueprint.route("/programmes/new", access=KEEPERS)
def new() -> ResponseReturnValue:
    """The form for a new programme."""
    centres = _own_centres()
    form = ProgrammeForm.offering(_beside_all(centres), centres)
    return render_template("catalogue/programme_edit.html", form=form, programme=None)


@blueprint.route("/programmes/new", access=KEEPERS, methods=["POST"])
def create() -> ResponseReturnValue:
    """Make a programme."""
    centres = _own_centres()
    others = _beside_all(centres)
    form = ProgrammeForm.offering(others, centres)
    if form.validate():
        chosen = form.unit.data if form.unit else centres[0].public_id
        unit = next(centre for centre in centres if centre.public_id == chosen)
        try:
            made = making.make_programme(actor=require_actor(), unit=unit, data=form.programme_data(others))
        except Invalid as error:
            db.session.rollback()
            mark_fields(form, error)
        else:
            flash(_("Đã tạo chương trình. Hãy thêm từng phần của chương trình."), "ok")
            return redirect(url_for("catalogue.show", key=made.public_id))
    return render_template("catalogue/programme_edit.html", form=form, programme=None), 422


@blueprint.route("/programmes/<key>", access=READERS)
def show(key: str) -> ResponseReturnValue:
    """A programme: its modules, what is kept of each, what has to be passed before."""
    return _page(key)


def _page(key: str, form: ModuleForm | None = None, status: int = 200) -> ResponseReturnValue:
    actor = require_actor()
    programme, unit = queries.programme_in(rules.seen_scope(actor), key)
    may_keep = rules.may_keep(actor, unit.path)
    return render_template(
        "catalogue/programme.html",
        programme=programme,
        unit=unit,
        kept=queries.kept_by_module(programme.modules),
        may_keep=may_keep,
        form=form or ModuleForm(formdata=None) if may_keep else None,
    ), status


@blueprint.route("/programmes/<key>/edit", access=KEEPERS)
def edit(key: str) -> ResponseReturnValue:
    """The form with what is stored."""
    programme, unit = _kept(key)
    form = ProgrammeForm.offering(queries.programmes_beside(unit, programme), programme=programme)
    return render_template("catalogue/programme_edit.html", form=form, programme=programme)


@blueprint.route("/programmes/<key>/edit", access=KEEPERS, methods=["POST"])
def save(key: str) -> ResponseReturnValue:
    """Correct what is known of a programme."""
    programme, unit = _kept(key)
    others = queries.programmes_beside(unit, programme)
    form = ProgrammeForm.offering(others, programme=programme)
    if form.validate():
        try:
            making.edit_programme(
                actor=require_actor(), programme=programme, unit=unit, data=form.programme_data(others)
            )
        except Invalid as error:
            db.session.rollback()
            mark_fields(form, error)
        else:
            flash(_("Đã lưu."), "ok")
            return redirect(url_for("catalogue.show", key=key))
    return render_template("catalogue/programme_edit.html", form=form, programme=_kept(key)[0]), 422


@blueprint.route("/programmes/<key>/modules", access=KEEPERS, methods=["POST"])
def add_module(key: str) -> ResponseReturnValue:
    """Add a module at the end."""
    programme, unit = _kept(key)
    form = ModuleForm()
    if form.validate():
        try:
            parting.add_module(
                actor=require_actor(),
                programme=programme,
                unit=unit,
                title=form.title.data,
                periods=form.periods.data,
            )
        except Invalid as error:
            db.session.rollback()
            mark_fields(form, error)
        else:
            flash(_("Đã thêm."), "ok")
            return redirect(url_for("catalogue.show", key=key))
    return _page(key, form, 422)


@blueprint.route("/programmes/<key>/modules/<module_key>", access=KEEPERS)
def module(key: str, module_key: str) -> ResponseReturnValue:
    """The form with what is stored of a module."""
    return _module_page(key, module_key)


def _module_page(
    key: str, module_key: str, form: ModuleForm | None = None, status: int = 200
) -> ResponseReturnValue:
    programme, _unit = _kept(key)
    found = next((one for one in programme.modules if one.public_id == module_key), None)
    if found is None:
        raise NotFound
    form = form or ModuleForm(formdata=None, obj=found)
    return render_template("catalogue/module.html", programme=programme, module=found, form=form), status


@blueprint.route("/programmes/<key>/modules/<module_key>", access=KEEPERS, methods=["POST"])
def save_module(key: str, module_key: str) -> ResponseReturnValue:
    """Rename a module or change its periods."""
    programme, unit = _kept(key)
    form = ModuleForm()
    if form.validate():
        try:
            parting.edit_module(
                actor=require_actor(),
                programme=programme,
                unit=unit,
                key=module_key,
                title=form.title.data,
                periods=form.periods.data,
            )
        except Invalid as error:
            db.session.rollback()
            mark_fields(form, error)
        else:
            flash(_("Đã lưu."), "ok")
            return redirect(url_for("catalogue.show", key=key))
    return _module_page(key, module_key, form, 422)


@blueprint.route("/programmes/<key>/modules/<module_key>/move", access=KEEPERS, methods=["POST"])
def move_module(key: str, module_key: str) -> ResponseReturnValue:
    """Change places with the one before or after."""
    programme, unit = _kept(key)
    up = request.args.get("to") == "up"
    parting.move_module(actor=require_actor(), programme=programme, unit=unit, key=module_key, up=up)
    return redirect(url_for("catalogue.show", key=key))


@blueprint.route("/programmes/<key>/modules/<module_key>/delete", access=KEEPERS, methods=["POST"])
def delete_module(key: str, module_key: str) -> ResponseReturnValue:
    """Take a module out."""
    programme, unit = _kept(key)
    parting.delete_module(actor=require_actor(), programme=programme, unit=unit, key=module_key)
    flash(_("Đã xóa."), "ok")
    return redirect(url_for("catalogue.show", key=key))
