"""The room's routes, and how they find their lists."""

from typing import Any

from flask import current_app, redirect, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from lms.auth.accounts.forms import unit_choices
from lms.auth.units.models import Unit
from lms.auth.units.queries import tree
from lms.core import files
from lms.core.actor import Actor, Scope
from lms.core.errors import NotFound
from lms.core.messages import N_, Message
from lms.courses.nominations import queries, rules
from lms.courses.nominations.models import NominationList
from lms.courses.nominations.words import TEXTS, place_words
from lms.web.guard import GuardedBlueprint, require_actor, roles
from lms.web.i18n import say

blueprint = GuardedBlueprint("nominations", __name__, template_folder="../templates")
KEEPERS = roles(*rules.KEEPERS)
SENDERS = roles(*rules.SENDERS)
EVERYBODY = roles(*rules.EVERYBODY)
EMPTY = N_("Tệp rỗng, không có nội dung gì. Hãy mở tệp kiểm tra rồi chọn lại đúng tệp danh sách.")
TOO_LARGE = N_("Tệp nặng quá %(limit)s MB. Hãy bỏ bớt ảnh hoặc chia thành nhiều tệp.")
MEGABYTE = 1024 * 1024


def open_list(key: str) -> tuple[Actor, NominationList]:
    """The list, for whoever may see it."""
    actor = require_actor()
    found = queries.list_in(rules.kept_scope(actor), rules.sending_scope(actor), key)
    if not rules.may_see(actor, found):
        raise NotFound
    return actor, found


def kept_list(key: str) -> tuple[Actor, NominationList]:
    """The list, for the keeper of its class."""
    actor, found = open_list(key)
    if not rules.may_keep(actor, found):
        raise NotFound
    return actor, found


def sent_list(key: str) -> tuple[Actor, NominationList]:
    """The list, for the unit whose own it is."""
    actor, found = open_list(key)
    if not rules.is_sender(actor, found.unit):
        raise NotFound
    return actor, found


def max_megabytes() -> int:
    """The largest upload, in whole megabytes."""
    limit: int = current_app.config["LMS"].max_upload_bytes
    return limit // MEGABYTE


def prepared(upload: FileStorage) -> files.Prepared | str:
    """The uploaded bytes on the disk, or what is wrong with their size."""
    ready = files.prepare(upload.stream, upload.filename or "")  # type: ignore[arg-type]  # a binary stream, as typed by werkzeug
    if ready.size == 0:
        return say(EMPTY)
    if ready.size > current_app.config["LMS"].max_upload_bytes:
        return say(Message(TOO_LARGE, {"limit": max_megabytes()}))
    return ready


def choices(nomination_list: NominationList) -> list[tuple[str, str]]:
    """The units that a row of the list can be of."""
    within: Unit = nomination_list.unit or nomination_list.course_class.unit
    return unit_choices(tree(Scope((within.path,))))


def _shown(name: str, value: Any) -> Any:
    if name == "place":
        return say(place_words(value))
    return say(value) if name == "found" else value


def problem_words(problem: dict[str, Any]) -> str:
    """The sentence for a stored problem."""
    params = {name: _shown(name, value) for name, value in problem["params"].items()}
    text = TEXTS[problem["code"]]
    return say(Message(text, params))


def to_list(key: str, *, show: str | None = None, page: str | None = None) -> ResponseReturnValue:
    """Back to the list."""
    return redirect(url_for("nominations.show", key=key, show=show, page=page), 303)


blueprint.add_app_template_filter(problem_words, "nomination_problem")
blueprint.add_app_template_filter(lambda place: say(place_words(place)), "nomination_place")
