"""One list as those who may change it see it."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.auth.units.models import UnitKind
from lms.auth.units.rules import SENDING_KINDS, kinds_to_add
from lms.auth.units.words import KINDS
from lms.core.actor import Actor, Role
from lms.core.clock import now, to_local
from lms.courses.nominations import operations, queries, rules, words
from lms.courses.nominations.forms import ReturnForm, RowForm
from lms.courses.nominations.models import ListState, NominationList, Severity
from lms.courses.nominations.views.blueprint import EVERYBODY, blueprint, choices, open_list
from lms.jobs.progress import of_reading

SHOWN = {
    "open": Severity.UNDECIDED,
    "warned": Severity.WARNED,
    "fine": Severity.FINE,
    "skipped": Severity.SKIPPED,
}
SLIPS = (Role.STAFF, Role.ADMIN)
SLIPS_AT_ONCE = 500


@blueprint.route("/nominations/<key>", access=EVERYBODY)
def show(key: str) -> ResponseReturnValue:
    """Where the list stands: being read, refused, or its rows, doubtful first."""
    actor, found = open_list(key)
    return list_page(actor, found)


def list_page(
    actor: Actor,
    found: NominationList,
    *,
    new: RowForm | None = None,
    give_back: ReturnForm | None = None,
) -> str:
    """The page of a list in whatever state; the forms carry what was typed wrongly."""
    keeps = rules.may_keep(actor, found)
    common = {"nomination_list": found, "course_class": found.course_class, "keeps": keeps}
    if found.state is ListState.READING:
        return render_template("nominations/reading.html", **common)
    if found.state in {ListState.FAILED, ListState.DISCARDED}:
        return render_template(
            "nominations/unread.html", may_discard=rules.may_discard(actor, found), **common
        )
    changes = rules.may_change(actor, found)
    shown = request.args.get("show", "")
    page = queries.page_of(found, request.args.get("page", 1, type=int), SHOWN.get(shown))
    units = choices(found) if changes else []
    if changes and new is None:
        new = RowForm.offering(units, fresh=True)
    if give_back is None and keeps and found.state is ListState.SENT:
        give_back = ReturnForm(formdata=None, prefix="return")
    counts = queries.severities(found)
    taken = found.state is ListState.TAKEN_IN
    # its people are learners by then: they aren't counted a second time
    held = queries.seats([found.class_id], None if taken else found.id, waiting=True).get(found.class_id)
    seats = list(held.units) if held is not None else []
    if keeps and not taken:
        seats = [one for one in seats if one.of.wanted]
    elif not keeps and found.unit is not None:
        path = found.unit.path
        seats = [one for one in seats if path.startswith(one.unit.path)]
    slips = queries.newcomers(found) if taken and actor.holds(found.course_class.unit.path, *SLIPS) else []
    return render_template(
        "nominations/list.html",
        page=page,
        counts=counts,
        people=sum(counts.values()) - counts[Severity.SKIPPED],
        severity=Severity,
        shown=shown,
        seats=seats,
        whole=held.whole if held is not None and keeps else None,
        over=operations.too_many(held, sending=not keeps) if changes else None,
        of_list=not taken,
        units=units,
        changes=changes,
        takes_in=rules.may_take_in(actor, found),
        sends=changes and rules.is_sender(actor, found.unit) and found.state is ListState.DRAFT,
        discards=rules.may_discard(actor, found),
        late=_is_late(found),
        texts=queries.open_texts(found) if changes and keeps else [],
        kinds=_kinds(actor, found) if changes and keeps and found.unit is None else [],
        hidden=frozenset() if keeps else words.OF_THE_REGISTER,
        own=words.OF_THE_SENDER,
        new=new,
        give_back=give_back,
        slips=[slips[start : start + SLIPS_AT_ONCE] for start in range(0, len(slips), SLIPS_AT_ONCE)],
        state=words.STATES[found.state],
        **common,
    )


def _is_late(found: NominationList) -> bool:
    due = found.course_class.nominate_by
    return due is None or due < to_local(now()).date()


def _kinds(actor: Actor, found: NominationList) -> list[tuple[UnitKind, str]]:
    allowed = kinds_to_add(actor, found.course_class.unit)
    return [(kind, KINDS[kind]) for kind in SENDING_KINDS if kind in allowed]


@blueprint.route("/nominations/<key>/progress", access=EVERYBODY)
def progress(key: str) -> ResponseReturnValue:
    """How far the reading is, for the page that waits."""
    _actor, found = open_list(key)
    job = queries.reading_job(operations.job_key(list_id=found.id))
    reading = found.state is ListState.READING
    return of_reading(job, reading=reading, next_url=url_for("nominations.show", key=key))


@blueprint.route("/nominations/<key>/discard", access=EVERYBODY, methods=["POST"])
def discard(key: str) -> ResponseReturnValue:
    """Give the draft up."""
    actor, found = open_list(key)
    class_key, keeps = found.course_class.public_id, found.unit is None
    operations.discard(actor=actor, nomination_list=found)
    flash(_("Đã bỏ danh sách. Lớp không thay đổi."), "ok")
    if keeps:
        return redirect(url_for("nominations.index", key=class_key), 303)
    return redirect(url_for("nominations.open_classes"), 303)
