"""Banks: their list, a bank's questions, what it can fill, its topics."""

from collections.abc import Sequence

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.auth.units.models import Unit
from lms.auth.units.queries import centres_in
from lms.core.actor import Role
from lms.core.errors import Invalid, NotFound
from lms.quizzes.bank import export, forms, operations, queries, rules, words
from lms.quizzes.bank.models import QuestionBank, Topic
from lms.quizzes.bank.queries import QuestionFilter
from lms.quizzes.bank.views.blueprint import (
    OPEN,
    READ,
    SUBMIT_OR_REVIEW,
    WRITE,
    blueprint,
    open_bank,
    reading_scope,
    wanted_questions,
)
from lms.web.guard import require_actor
from lms.web.i18n import say

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.route("", access=READ, methods=["GET"])
def index() -> ResponseReturnValue:
    """The banks in the reader's scope."""
    actor = require_actor()
    centres = centres_in(actor.scope(Role.LECTURER, Role.LEADER))
    return render_template(
        "bank/index.html",
        rows=queries.banks_in(reading_scope(actor)),
        form=_bank_form(centres),
        centres=centres,
    )


@blueprint.route("", access=OPEN, methods=["POST"])
def create() -> ResponseReturnValue:
    """Open a bank."""
    actor = require_actor()
    centres = centres_in(actor.scope(Role.LECTURER, Role.LEADER))
    form = _bank_form(centres)
    if not form.validate_on_submit():
        rows = queries.banks_in(reading_scope(actor))
        return render_template("bank/index.html", rows=rows, form=form, centres=centres), 422
    unit = next(unit for unit in centres if unit.public_id == form.unit.data)
    bank = operations.open_bank(actor=actor, unit=unit, title=form.title.data)
    flash(_("Đã mở ngân hàng. Thêm chủ đề trước, rồi lấy câu hỏi từ Word."), "ok")
    return redirect(url_for("bank.topics", key=bank.public_id), 303)


def _bank_form(centres: Sequence[Unit]) -> forms.BankForm:
    form = forms.BankForm()
    form.unit.choices = [(unit.public_id, unit.name) for unit in centres]
    return form


@blueprint.route("/<key>", access=READ)
def show(key: str) -> ResponseReturnValue:
    """The bank's questions."""
    actor, bank = open_bank(key)
    wanted = wanted_questions()
    page = queries.questions(bank.id, wanted, request.args.get("page", 1, type=int))
    topics = queries.topics_of(bank.id)
    writes, reviews = rules.may_write(actor, bank), rules.may_review(actor, bank)
    return render_template(
        "bank/show.html",
        bank=bank,
        page=page,
        topics=topics,
        active=_active(wanted, topics),
        writes=writes,
        reviews=reviews,
        drafts=queries.own_drafts(bank.id, actor.id) if writes else [],
        waiting=queries.waiting_batches(bank.id),
        topic_choices=[(topic.public_id, topic.title) for topic in topics],
        level_choices=[(level.value, say(word)) for level, word in words.LEVELS.items()],
        aspect_choices=[(aspect.value, say(word)) for aspect, word in words.ASPECTS.items()],
        state_choices=[(state.value, say(word)) for state, word in words.STATES.items()],
    )


def _active(wanted: QuestionFilter, topics: Sequence[Topic]) -> list[tuple[str, str]]:
    titles = {topic.public_id: topic.title for topic in topics}
    found = []
    if wanted.text:
        found.append((f"“{wanted.text}”", "q"))
    if wanted.topic in titles:
        found.append((titles[wanted.topic], "topic"))
    if wanted.level:
        found.append((say(words.LEVELS[wanted.level]), "level"))
    if wanted.aspect:
        found.append((say(words.ASPECTS[wanted.aspect]), "aspect"))
    if wanted.state:
        found.append((say(words.STATES[wanted.state]), "state"))
    if wanted.batch:
        found.append((_("Một lần nhập"), "batch"))
    return found


@blueprint.route("/<key>/counts", access=READ)
def counts(key: str) -> ResponseReturnValue:
    """How many approved questions each cell of a blueprint could draw from."""
    actor, bank = open_bank(key)
    return render_template(
        "bank/counts.html",
        bank=bank,
        topics=queries.topics_of(bank.id),
        cells=queries.cell_counts(bank.id),
        writes=rules.may_write(actor, bank),
    )


@blueprint.route("/<key>/export.xlsx", access=READ)
def export_questions(key: str) -> ResponseReturnValue:
    """What is filtered, as a workbook."""
    _actor, bank = open_bank(key)
    data = export.workbook(queries.all_questions(bank.id, wanted_questions()), say)
    response = Response(data, mimetype=XLSX)
    response.headers["Content-Disposition"] = "attachment; filename=cau-hoi.xlsx"
    return response


@blueprint.route("/<key>/bulk", access=SUBMIT_OR_REVIEW, methods=["POST"])
def bulk(key: str) -> ResponseReturnValue:
    """Submit or approve the chosen questions."""
    actor, bank = open_bank(key)
    chosen = queries.questions_by_keys(bank.id, request.form.getlist("keys")[:1000])
    if request.form.get("do") == "approve":
        count = operations.approve_questions(actor=actor, bank=bank, questions=chosen)
        text = _("Đã duyệt %(count)s câu.", count=count)
    else:
        count = operations.submit_questions(actor=actor, bank=bank, questions=chosen)
        text = _("Đã gửi duyệt %(count)s câu.", count=count)
    flash(text, "ok" if count else "info")
    return redirect(url_for("bank.show", key=bank.public_id), 303)


@blueprint.route("/<key>/topics", access=READ)
def topics(key: str) -> ResponseReturnValue:
    """The bank's topics."""
    actor, bank = open_bank(key)
    return _topics_page(bank, forms.TopicForm(), writes=rules.may_write(actor, bank))


def _topics_page(bank: QuestionBank, form: forms.TopicForm, *, writes: bool) -> str:
    return render_template(
        "bank/topics.html",
        bank=bank,
        form=form,
        topics=queries.topics_of(bank.id),
        uses=queries.topic_uses(bank.id),
        writes=writes,
    )


@blueprint.route("/<key>/topics", access=WRITE, methods=["POST"])
def add_topic(key: str) -> ResponseReturnValue:
    """A new topic."""
    actor, bank = open_bank(key)
    form = forms.TopicForm()
    if form.validate_on_submit():
        try:
            operations.add_topic(actor=actor, bank=bank, title=form.title.data)
            return redirect(url_for("bank.topics", key=key), 303)
        except Invalid as error:
            form.title.errors = [say(error.message)]
    return _topics_page(bank, form, writes=True), 422


@blueprint.route("/<key>/topics/<topic>", access=WRITE, methods=["POST"])
def change_topic(key: str, topic: str) -> ResponseReturnValue:
    """Rename a topic or move it."""
    actor, bank = open_bank(key)
    do = request.form.get("do", "")
    if do in {"up", "down"}:
        operations.move_topic(actor=actor, bank=bank, topic_key=topic, up=do == "up")
    elif do == "rename":
        operations.rename_topic(actor=actor, bank=bank, topic_key=topic, title=request.form.get("title", ""))
        flash(_("Đã đổi tên chủ đề."), "ok")
    else:
        raise NotFound
    return redirect(url_for("bank.topics", key=key), 303)
