"""The room's blueprint, who may enter, and what its views share."""

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from werkzeug.exceptions import RequestEntityTooLarge

from lms.core.actor import Actor, Role, Scope
from lms.core.errors import NotAllowed, NotFound
from lms.core.messages import N_, Message
from lms.core.sanitising import clean_html
from lms.quizzes import kinds
from lms.quizzes.bank import drafts, editing, forms, queries, rules, words
from lms.quizzes.bank.models import Aspect, ImportBatch, Level, Question, QuestionBank, QuestionState
from lms.web.answers import answer, wants_json
from lms.web.guard import GuardedBlueprint, require_actor, roles
from lms.web.i18n import say

blueprint = GuardedBlueprint("bank", __name__, url_prefix="/bank", template_folder="../templates")
READ = roles(*rules.READERS)
WRITE = roles(Role.LECTURER)
OPEN = roles(Role.LECTURER, Role.LEADER)
REVIEW = roles(Role.LEADER)
SUBMIT_OR_REVIEW = roles(Role.LECTURER, Role.LEADER)
MEBIBYTE = 1024 * 1024
TOO_LARGE = N_("Tệp nặng quá mức cho phép (%(limit)s MB). Hãy bỏ bớt ảnh hoặc chia thành nhiều tệp.")


def reading_scope(actor: Actor) -> Scope:
    """Where the actor may see banks."""
    return actor.scope(*rules.READERS)


def open_bank(key: str) -> tuple[Actor, QuestionBank]:
    """The bank of this address; ``NotFound`` outside of the reader's scope."""
    actor = require_actor()
    return actor, queries.bank(key, reading_scope(actor))


def open_question(bank_key: str, key: str) -> tuple[Actor, Question]:
    """The question of this address."""
    actor = require_actor()
    return actor, queries.question(key, bank_key, reading_scope(actor))


def must(allowed: bool) -> None:  # noqa: FBT001  (reads like the sentence it is)
    """Refuse what a rule doesn't allow."""
    if not allowed:
        raise NotAllowed


def max_megabytes() -> int:
    """The largest upload, in whole MB."""
    limit: int = current_app.config["LMS"].max_upload_bytes
    return limit // MEBIBYTE


@blueprint.errorhandler(RequestEntityTooLarge)
def too_large(error: RequestEntityTooLarge) -> ResponseReturnValue:
    """An upload over the limit is refused before it is read."""
    del error
    message = say(Message(TOO_LARGE, {"limit": max_megabytes()}))
    if wants_json():
        return answer(413, "too_large", message)
    return render_template("bank/too_large.html", message=message), 413


@blueprint.app_template_filter("bank_html")
def bank_html(html: str) -> Markup:
    """A question's HTML for staff, cleaned again."""
    return Markup(clean_html(html))  # noqa: S704  (cleaned right here)


@blueprint.context_processor
def vocabulary() -> dict[str, object]:
    """Words and rules that the room's templates use."""
    return {
        "words": words,
        "rules": rules,
        "Level": Level,
        "Aspect": Aspect,
        "QuestionState": QuestionState,
        "LETTERS": drafts.LETTERS,
        "editor_fields": forms.editor_fields,
        "option_rows": forms.option_rows,
        "editable": editing.editable,
        "kind_names": kinds.names(),
    }


def wanted_questions() -> queries.QuestionFilter:
    """The list's filter as the address has it."""
    args = request.args
    state = args.get("state", "")
    return queries.QuestionFilter(
        topic=args.get("topic", ""),
        level=forms.level(args.get("level")),
        aspect=forms.aspect(args.get("aspect")),
        state=QuestionState(state) if state in {each.value for each in QuestionState} else None,
        text=args.get("q", "")[:200],
        batch=args.get("batch", ""),
        sort=args.get("sort", ""),
    )


def open_import(key: str) -> tuple[Actor, ImportBatch]:
    """The import of this address; a draft is found by its author only."""
    actor = require_actor()
    batch = queries.batch(key, reading_scope(actor))
    if not rules.may_see_import(actor, batch):
        raise NotFound
    return actor, batch
