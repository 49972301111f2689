"""One question: as it will look, its history, and the editor."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.auth.units.queries import is_small_centre
from lms.core.actor import Actor
from lms.core.errors import Invalid
from lms.courses.catalogue.queries import citable
from lms.quizzes import kinds
from lms.quizzes.bank import conversion, forms, operations, queries, rules
from lms.quizzes.bank.drafts import Draft
from lms.quizzes.bank.models import Question, QuestionBank, QuestionVersion
from lms.quizzes.bank.operations import Placing
from lms.quizzes.bank.views.blueprint import READ, WRITE, blueprint, must, open_bank, open_question
from lms.web.i18n import say


@blueprint.route("/<key>/questions/<question_key>", access=READ)
def question(key: str, question_key: str) -> ResponseReturnValue:
    """The question as it will look, with its key and everything that happened to it."""
    actor, found = open_question(key, question_key)
    return question_page(actor, found, forms.ReasonForm())


def question_page(actor: Actor, found: Question, form: forms.ReasonForm) -> str:
    """The page of one question; ``form`` may carry the errors of a refused decision."""
    bank = found.bank
    shown = _chosen_version(found)
    small = is_small_centre(bank.unit)
    return render_template(
        "bank/question.html",
        bank=bank,
        question=found,
        version=shown,
        draft=conversion.draft_of(shown.kind, shown.content, shown.key, shown.explanation),
        decisions=queries.decisions_of(found.id),
        usage=queries.usage_of(found.id),
        form=form,
        writes=rules.may_write(actor, bank),
        submits=rules.may_submit(actor, bank, found),
        decides=rules.may_decide(actor, bank, found, small_centre=small),
        retires=rules.may_retire(actor, bank, found),
        own=rules.may_review(actor, bank) and rules.is_author(actor, found),
    )


def _chosen_version(found: Question) -> QuestionVersion:
    """The version that the address asks for, else the latest."""
    number = request.args.get("version", 0, type=int)
    chosen = next((version for version in found.versions if version.number == number), found.latest)
    if chosen is None:
        raise Invalid
    return chosen


@blueprint.route("/<key>/questions/new", access=WRITE, methods=["GET", "POST"])
def new_question(key: str) -> ResponseReturnValue:
    """Write a question by hand."""
    actor, bank = open_bank(key)
    must(rules.may_write(actor, bank))
    kind = request.values.get("kind", "")
    draft = Draft(kind if kinds.known(kind) else "single_choice")
    form = _form(bank)
    if request.method == "GET":
        return _editor(bank, None, draft, form)
    draft = forms.read_draft(request.form, Draft(request.form.get("shown_kind", draft.kind)))
    return _save(actor, bank, None, draft, form)


@blueprint.route("/<key>/questions/<question_key>/edit", access=WRITE, methods=["GET", "POST"])
def edit_question(key: str, question_key: str) -> ResponseReturnValue:
    """Write a new version."""
    actor, found = open_question(key, question_key)
    must(rules.may_write(actor, found.bank))
    latest = _latest(found)
    draft = conversion.draft_of(latest.kind, latest.content, latest.key, latest.explanation)
    form = _form(found.bank, latest)
    if request.method == "GET":
        return _editor(found.bank, found, draft, form)
    return _save(actor, found.bank, found, forms.read_draft(request.form, draft), form)


def _latest(found: Question) -> QuestionVersion:
    if found.latest is None:
        raise Invalid
    return found.latest


def _form(bank: QuestionBank, latest: QuestionVersion | None = None) -> forms.QuestionForm:
    values = (
        {
            "topic": latest.topic.public_id,
            "level": latest.level.value,
            "aspect": latest.aspect.value,
            "source": latest.source.public_id if latest.source else "",
            "source_place": latest.source_place,
            "based_on": str(latest.number),
        }
        if latest
        else {}
    )
    form = forms.QuestionForm(data=values)
    form.offer(queries.topics_of(bank.id), say)
    sources = citable(bank.unit)
    form.source.choices = [
        ("", _("– không có –")),
        *((source.public_id, source.called) for source in sources),
    ]
    return form


def _save(
    actor: Actor, bank: QuestionBank, found: Question | None, draft: Draft, form: forms.QuestionForm
) -> ResponseReturnValue:
    """Store the posted question, or show the editor again with what is wrong or with one more row."""
    if request.form.get("do") != "save" or not form.validate_on_submit():
        return _editor(bank, found, draft, form), 200 if request.form.get("do") != "save" else 422
    try:
        if found is None:
            saved = operations.write_question(
                actor=actor, bank=bank, draft=draft, placing=_placing(bank, form)
            )
        else:
            number = form.based_on.data or ""
            operations.revise_question(
                actor=actor,
                question=found,
                draft=draft,
                placing=_placing(bank, form),
                based_on=int(number) if number.isascii() and number.isdigit() else 0,
            )
            saved = found
    except Invalid as error:
        texts = [say(problem.text) for problem in conversion.build(draft).problems] or [say(error.message)]
        return _editor(bank, found, draft, form, texts), 422
    flash(_("Đã lưu câu hỏi. Gửi duyệt khi đã xong."), "ok")
    return redirect(url_for("bank.question", key=bank.public_id, question_key=saved.public_id), 303)


def _placing(bank: QuestionBank, form: forms.QuestionForm) -> Placing:
    topic, level, aspect = (
        forms.topic_id(queries.topics_of(bank.id), form.topic.data),
        forms.level(form.level.data),
        forms.aspect(form.aspect.data),
    )
    if topic is None or level is None or aspect is None:
        raise Invalid
    source = next((one.id for one in citable(bank.unit) if one.public_id == form.source.data), None)
    return Placing(topic, level, aspect, source, form.source_place.data or "")


def _editor(
    bank: QuestionBank,
    found: Question | None,
    draft: Draft,
    form: forms.QuestionForm,
    problems: list[str] | None = None,
) -> str:
    return render_template(
        "bank/edit.html", bank=bank, question=found, draft=draft, form=form, problems=problems or []
    )
