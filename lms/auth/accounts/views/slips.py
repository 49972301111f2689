"""Slips to sign in with, shown once, to be printed: a code to set a PIN for learners, a one-time password for others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.auth.access import throttle
from lms.auth.access.passwords import hash_password
from lms.auth.accounts import operations, rules
from lms.auth.accounts.models import Account
from lms.auth.accounts.queries import accounts_in
from lms.auth.accounts.views.blueprint import MANAGERS, blueprint
from lms.auth.pins.operations import Invitation, invite
from lms.auth.pins.rules import may_invite
from lms.core import seeds
from lms.core.db import UnitOfWork, db
from lms.core.errors import Invalid
from lms.core.messages import N_
from lms.web.guard import require_actor

AT_MOST = 60
"""Passwords in one go: each takes its time to hash."""
SLIPS_AT_MOST = 500


@blueprint.route("/<key>/slip", access=MANAGERS, methods=["POST"])
def slip(key: str) -> ResponseReturnValue:
    """A slip for one person."""
    return _issue([key], only_learners=False)


@blueprint.route("/slips", access=MANAGERS, methods=["POST"])
def slips() -> ResponseReturnValue:
    """Slips for several people, several on a sheet.

    With ``only`` *learners*, as a class's page asks, those who are more than learners are named and left out, since
    their passwords are not to be replaced in passing.
    """
    keys = list(dict.fromkeys(request.form.getlist("keys")))
    if not keys:
        raise Invalid(N_("Chưa chọn ai. Hãy đánh dấu những người cần in phiếu."))
    if len(keys) > SLIPS_AT_MOST:
        raise Invalid(N_("Mỗi lần in nhiều nhất %(most)s phiếu."), most=SLIPS_AT_MOST)
    return _issue(keys, only_learners=request.form.get("only") == "learners")


def _issue(keys: Sequence[str], *, only_learners: bool) -> ResponseReturnValue:
    """The sheet is the answer itself: what opens the door is kept nowhere, so there is no page to come back to."""
    actor = require_actor()
    scope = rules.seen_scope(actor)
    found = accounts_in(scope, keys)
    left_out = [one.full_name for one in found if only_learners and not may_invite(actor, one)]
    learners = [
        one.public_id
        for one in found
        if rules.learns_only(one) and (not only_learners or may_invite(actor, one))
    ]
    others = [one for one in found if not only_learners and not rules.learns_only(one)]
    if len(others) > AT_MOST:
        raise Invalid(N_("Mỗi lần cấp mật khẩu nhiều nhất %(most)s người."), most=AT_MOST)
    ids, counters = [one.id for one in others], _counters(others)
    other_keys = [one.public_id for one in others]
    db.session.rollback()
    passwords = {number: (clear := seeds.one_time_password(), hash_password(clear)) for number in ids}
    with UnitOfWork():
        made = operations.issue_slips(
            actor=actor, accounts=accounts_in(scope, other_keys), passwords=passwords, counters=counters
        )
        invited = [_PinSlip.of(one) for one in invite(actor=actor, accounts=accounts_in(scope, learners))]
    return render_template(
        "accounts/slips.html",
        slips=made,
        pins=invited,
        left_out=left_out,
        address=url_for("access.sign_in", _external=True),
        short=url_for("pins.type_code", _external=True).partition("://")[2],
    )


@dataclass(frozen=True)
class _PinSlip:
    """A learner's slip as it is printed."""

    full_name: str
    unit: str
    names: tuple[str, ...]
    url: str
    typed: str
    expires_at: datetime

    @classmethod
    def of(cls, made: Invitation) -> "_PinSlip":
        """Read while the invitation's account is still loaded."""
        account = made.account
        return cls(
            account.full_name,
            account.unit.name if account.unit is not None else "",
            operations.shortest_names(account),
            url_for("pins.slip", token=made.token, _external=True),
            made.typed,
            made.expires_at,
        )


def _counters(accounts: Sequence[Account]) -> list[str]:
    key = current_app.config["SECRET_KEY"]
    return [throttle.watched_name(name.value, key).subject for account in accounts for name in account.names]
