"""The centre's regulations: the list, each with its versions, a new version by a form, the leader's confirmation."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.auth.units.queries import centres_in
from lms.core.db import db
from lms.core.errors import Conflict, Invalid, NotAllowed, NotFound
from lms.results.classification.checking import percent_words
from lms.results.classification.regulation import MOST_BANDS, MOST_COMPONENTS, PRESETS
from lms.results.regulations import operations, queries, rules, words
from lms.results.regulations.forms import (
    SPARE_BANDS,
    SPARE_COMPONENTS,
    ConfirmForm,
    NewForm,
    RegulationInput,
    shown,
)
from lms.results.regulations.models import Regulation, RegulationVersion
from lms.web.forms import mark_fields
from lms.web.guard import GuardedBlueprint, require_actor, roles
from lms.web.i18n import say

blueprint = GuardedBlueprint("regulations", __name__, template_folder="templates", url_prefix="/regulations")
KEEPERS = roles(*rules.KEEPERS)
CONFIRMS = roles(*rules.CONFIRMS)


@blueprint.app_template_filter("weight_words")
def weight_words(weight: int) -> str:
    """A weight in 1/100 % as people write it."""
    return percent_words(weight)


def _regulation(key: str) -> Regulation:
    return queries.regulation_in(rules.kept_scope(require_actor()), key)


def _version(regulation: Regulation, version_key: str) -> RegulationVersion:
    found = next((one for one in regulation.versions if one.public_id == version_key), None)
    if found is None:
        raise NotFound
    return found


@blueprint.route("", access=KEEPERS)
def index() -> ResponseReturnValue:
    """The regulations of the own centres."""
    return render_template(
        "regulations/index.html", rows=queries.regulations_in(rules.kept_scope(require_actor()))
    )


def _new_form() -> NewForm:
    form = NewForm()
    centres = centres_in(rules.kept_scope(require_actor()))
    if not centres:
        raise NotAllowed
    form.preset.choices = [(name, say(title)) for name, (title, _content) in PRESETS.items()]
    form.unit.choices = [(one.public_id, one.name) for one in centres]
    if not form.unit.data:
        form.unit.data = centres[0].public_id
    return form


@blueprint.route("/new", access=KEEPERS)
def new() -> ResponseReturnValue:
    """Name it and choose what to start from."""
    return render_template("regulations/new.html", form=_new_form())


@blueprint.route("/new", access=KEEPERS, methods=["POST"])
def create() -> ResponseReturnValue:
    """Found it; its content is edited next."""
    form = _new_form()
    if form.validate():
        actor = require_actor()
        unit = next(one for one in centres_in(rules.kept_scope(actor)) if one.public_id == form.unit.data)
        try:
            made = operations.found_regulation(
                actor=actor, unit=unit, title=form.title.data, content=PRESETS[form.preset.data][1]
            )
        except Invalid as error:
            db.session.rollback()
            mark_fields(form, error)
        else:
            flash(_("Đã tạo quy chế từ mẫu. Hãy đối chiếu từng con số với quy chế của trung tâm."), "ok")
            return redirect(url_for("regulations.show", key=made.public_id))
    return render_template("regulations/new.html", form=form), 422


@blueprint.route("/<key>", access=KEEPERS)
def show(key: str) -> ResponseReturnValue:
    """The newest version, the earlier ones, the programmes that point here and the classes that follow."""
    regulation = _regulation(key)
    return _page(regulation, regulation.versions[-1])


@blueprint.route("/<key>/versions/<version_key>", access=KEEPERS)
def version(key: str, version_key: str) -> ResponseReturnValue:
    """One version as it was written."""
    regulation = _regulation(key)
    return _page(regulation, _version(regulation, version_key))


def _page(
    regulation: Regulation, chosen: RegulationVersion, form: ConfirmForm | None = None
) -> ResponseReturnValue:
    actor = require_actor()
    return render_template(
        "regulations/show.html",
        regulation=regulation,
        version=chosen,
        content=queries.content_of(chosen),
        newest=regulation.versions[-1],
        programmes=queries.programmes_of(regulation),
        classes=queries.classes_of(regulation),
        may_confirm=rules.may_confirm(actor, regulation.unit.path),
        form=form or ConfirmForm(formdata=None),
        words=words,
    ), 422 if form else 200


@blueprint.route("/<key>/edit", access=KEEPERS)
def edit(key: str) -> ResponseReturnValue:
    """The form, beginning with the newest version."""
    regulation = _regulation(key)
    newest = regulation.versions[-1]
    return _edit_page(regulation, shown(queries.content_of(newest), regulation.title, newest.number), {})


def _edit_page(regulation: Regulation, filled: dict[str, Any], errors: dict[str, str]) -> str:
    return render_template(
        "regulations/edit.html",
        regulation=regulation,
        filled=filled,
        errors=errors,
        spare_components=max(0, min(SPARE_COMPONENTS, MOST_COMPONENTS - len(filled["components"]))),
        spare_bands=max(0, min(SPARE_BANDS, MOST_BANDS - len(filled["bands"]))),
        words=words,
    )


@blueprint.route("/<key>/edit", access=KEEPERS, methods=["POST"])
def save(key: str) -> ResponseReturnValue:
    """Make a new version of what was typed."""
    regulation = _regulation(key)
    given = RegulationInput(request.form)
    errors = dict(given.errors)
    if not errors:
        try:
            operations.add_version(
                actor=require_actor(),
                regulation=regulation,
                title=given.title,
                content=given.content,
                based_on=given.based_on,
            )
        except Invalid as error:
            db.session.rollback()
            errors = dict(error.fields)
            regulation = _regulation(key)
        except Conflict as error:
            db.session.rollback()
            flash(say(error.message), "warn")
            return redirect(url_for("regulations.show", key=key))
        else:
            flash(_("Đã lưu thành phiên bản mới. Lớp đang học vẫn theo phiên bản cũ."), "ok")
            return redirect(url_for("regulations.show", key=key))
    filled = {
        "title": given.title,
        "based_on": given.based_on,
        "components": given.components,
        "bands": given.bands,
        "plain": given.plain,
    }
    return _edit_page(regulation, filled, {name: say(text) for name, text in errors.items()}), 422


@blueprint.route("/<key>/versions/<version_key>/confirm", access=CONFIRMS, methods=["POST"])
def confirm(key: str, version_key: str) -> ResponseReturnValue:
    """The leader's word that the version agrees with the centre's own text."""
    chosen = _version(_regulation(key), version_key)
    form = ConfirmForm()
    if not form.validate():
        return _page(chosen.regulation, chosen, form)
    operations.confirm_version(actor=require_actor(), version=chosen, source=form.source.data)
    flash(_("Đã xác nhận đối chiếu."), "ok")
    return redirect(url_for("regulations.version", key=key, version_key=version_key))


@blueprint.route("/<key>/programmes", access=KEEPERS, methods=["POST"])
def programmes(key: str) -> ResponseReturnValue:
    """Say which programmes follow the regulation."""
    operations.point_programmes(
        actor=require_actor(), regulation=_regulation(key), programme_keys=request.form.getlist("programmes")
    )
    flash(_("Đã lưu. Lớp chưa khai giảng sẽ theo quy chế này."), "ok")
    return redirect(url_for("regulations.show", key=key))
