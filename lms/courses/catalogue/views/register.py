"""The register of source documents, and what cites a document that was replaced."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.auth.units.models import Unit
from lms.auth.units.queries import centres_in
from lms.core.db import db
from lms.core.errors import Invalid, NotAllowed, NotFound
from lms.courses.catalogue import queries, rules
from lms.courses.catalogue.forms import DocumentForm
from lms.courses.catalogue.models import SourceDocument
from lms.courses.catalogue.operations import documents as registering
from lms.courses.catalogue.views.blueprint import READERS, REGISTRARS, sources
from lms.web.forms import mark_fields
from lms.web.guard import require_actor


@sources.route("", access=READERS)
def index() -> ResponseReturnValue:
    """The register, the latest first."""
    actor = require_actor()
    wanted, state = request.args.get("q", "").strip(), request.args.get("state", "")
    scope = rules.seen_scope(actor)
    return render_template(
        "catalogue/sources.html",
        page=queries.documents(scope, wanted, state, request.args.get("page", 1, type=int)),
        wanted=wanted,
        state=state,
        stale=len(queries.stale(scope)),
        may_register=bool(rules.registers_scope(actor)),
    )


@sources.route("/stale", access=READERS)
def stale() -> ResponseReturnValue:
    """What cites a document that was replaced."""
    return render_template("catalogue/stale.html", stale=queries.stale(rules.seen_scope(require_actor())))


@sources.route("/new", access=REGISTRARS)
def new() -> ResponseReturnValue:
    """The form for a document."""
    form = DocumentForm.offering([], _registers())
    return render_template("catalogue/source_edit.html", form=form, document=None)


def _registers() -> Sequence[Unit]:
    centres = centres_in(rules.registers_scope(require_actor()))
    if not centres:
        raise NotAllowed
    return centres


@sources.route("/new", access=REGISTRARS, methods=["POST"])
def create() -> ResponseReturnValue:
    """Enter a document into the register."""
    centres = _registers()
    form = DocumentForm.offering([], centres)
    if form.validate():
        chosen = form.unit.data if form.unit else centres[0].public_id
        unit = next(centre for centre in centres if centre.public_id == chosen)
        try:
            made = registering.register_document(
                actor=require_actor(), unit=unit, data=form.document_data([])
            )
        except Invalid as error:
            db.session.rollback()
            mark_fields(form, error)
        else:
            flash(_("Đã thêm văn bản vào sổ."), "ok")
            return redirect(url_for("sources.show", key=made.public_id))
    return render_template("catalogue/source_edit.html", form=form, document=None), 422


@sources.route("/<key>", access=READERS)
def show(key: str) -> ResponseReturnValue:
    """A document, what replaced it and what cites it."""
    actor = require_actor()
    scope = rules.seen_scope(actor)
    document, unit = queries.document_in(scope, key)
    return render_template(
        "catalogue/source.html",
        document=document,
        replaced_by=queries.replaced_by(document),
        cited=queries.cites([document.id], scope),
        may_register=rules.may_register(actor, unit.path),
    )


def _registered(key: str) -> tuple[SourceDocument, Unit, list[SourceDocument]]:
    """A document that the actor may correct, its unit, and the others there."""
    actor = require_actor()
    document, unit = queries.document_in(rules.registers_scope(actor), key)
    if not rules.may_register(actor, unit.path):
        raise NotFound
    return document, unit, [one for one in queries.citable(unit) if one is not document]


@sources.route("/<key>/edit", access=REGISTRARS)
def edit(key: str) -> ResponseReturnValue:
    """The form with what is stored."""
    document, _unit, others = _registered(key)
    form = DocumentForm.offering(others, document=document)
    return render_template("catalogue/source_edit.html", form=form, document=document)


@sources.route("/<key>/edit", access=REGISTRARS, methods=["POST"])
def save(key: str) -> ResponseReturnValue:
    """Correct a document, or say what replaced it."""
    document, unit, others = _registered(key)
    form = DocumentForm.offering(others, document=document)
    if form.validate():
        data = form.document_data(others)
        try:
            registering.edit_document(actor=require_actor(), document=document, unit=unit, data=data)
        except Invalid as error:
            db.session.rollback()
            mark_fields(form, error)
        else:
            flash(_("Đã lưu."), "ok")
            return redirect(url_for("sources.show", key=key))
    return render_template("catalogue/source_edit.html", form=form, document=_registered(key)[0]), 422
