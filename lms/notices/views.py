"""The own messages: the list, opening one, noting all as read."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.core.actor import Role
from lms.core.messages import Message
from lms.notices import operations, queries
from lms.notices.models import Notice
from lms.web.guard import SIGNED_IN, GuardedBlueprint, current_actor, require_actor
from lms.web.i18n import say
from lms.web.local_paths import stays_here

blueprint = GuardedBlueprint("notices", __name__, template_folder="templates", url_prefix="/notices")


@blueprint.route("", access=SIGNED_IN)
def index() -> ResponseReturnValue:
    """The messages, the latest first."""
    actor = require_actor()
    return render_template(
        "notices/index.html",
        page=queries.notices(actor.id, request.args.get("page", 1, type=int)),
        words=lambda notice: say(Message(notice.text, notice.params)),
        leads_on=leads_on,
        layout="layouts/staff.html" if actor.roles - {Role.LEARNER} else "layouts/learner.html",
    )


@blueprint.route("/<key>/open", access=SIGNED_IN, methods=["POST"])
def open_notice(key: str) -> ResponseReturnValue:
    """Note one as read and go on to where it leads, on this site only.

    A POST, since what an in-app browser fetches ahead has been read by nobody.
    """
    actor = require_actor()
    notice = queries.notice_of(actor.id, key)
    target = notice.url if leads_on(notice) else url_for("notices.index")
    operations.mark_read(actor=actor, key=key)
    return redirect(target, 303)


@blueprint.route("/read", access=SIGNED_IN, methods=["POST"])
def read_all() -> ResponseReturnValue:
    """Note all as read."""
    operations.mark_read(actor=require_actor())
    flash(_("Đã đánh dấu đọc hết."), "ok")
    return redirect(url_for("notices.index"), 303)


def leads_on(notice: Notice) -> bool:
    """Whether the message leads to a page of this site."""
    return bool(notice.url) and stays_here(notice.url)


def unread_notices() -> int:
    """How many messages the reader of a page has not read; one statement, sent where a layout shows the bell."""
    actor = current_actor()
    return 0 if actor is None or actor.must_change_password else queries.unread(actor.id)
