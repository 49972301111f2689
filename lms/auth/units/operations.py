"""Adding, renaming and setting up units."""

from datetime import date

import sqlalchemy as sa

from lms.audit.operations import record
from lms.auth.units import rules
from lms.auth.units.letterhead import STYLES, Letterhead
from lms.auth.units.models import Unit, UnitKind, UnitName
from lms.auth.units.queries import forget_names, history
from lms.core import clock, seeds, vietnamese
from lms.core.actor import Actor
from lms.core.db import db, operation
from lms.core.errors import Invalid, NotAllowed
from lms.core.messages import N_

LONGEST_PATH = 250


@operation
def add_unit(
    *,
    actor: Actor,
    parent: Unit | None,
    kind: UnitKind,
    name: str,
    short_name: str = "",
    code: str = "",
) -> Unit:
    """A new unit below ``parent``; without one (from the terminal only) the root of a tree.

    Raises:
        NotAllowed: the actor may not add this kind there.
        Invalid: there is one of that name or code below the same parent, or the tree is too deep.
    """
    if kind not in rules.kinds_to_add(actor, parent):
        raise NotAllowed
    name, code = vietnamese.clean_name(name), vietnamese.clean_name(code)
    if not name:
        raise Invalid(fields={"name": N_("Hãy nhập tên đơn vị.")})
    _refuse_double(parent=parent, name=name, code=code)
    day = clock.to_local(clock.now()).date()
    unit = Unit(
        parent_id=parent.id if parent is not None else None,
        kind=kind,
        code=code,
        valid_from=day,
        names=[UnitName(name=name, valid_from=day)],
        path=f"/{seeds.token()}/",
    )
    _call(unit, name, vietnamese.clean_name(short_name))
    db.session.add(unit)
    db.session.flush()  # the path holds the row's own number
    unit.path = f"{parent.path if parent is not None else '/'}{unit.id}/"
    if len(unit.path) > LONGEST_PATH:
        raise Invalid(N_("Các đơn vị đã xếp quá nhiều cấp. Hãy đặt đơn vị này ở cấp cao hơn."))
    record(actor=actor, action="unit.added", subject=unit, data={"name": name, "kind": kind.value})
    forget_names()
    return unit


def _refuse_double(*, parent: Unit | None, name: str, code: str) -> None:
    rows = db.session.execute(
        sa.select(Unit.name, Unit.code).where(Unit.parent_id == (parent.id if parent is not None else None))
    ).all()
    key = vietnamese.search_key(name)
    if any(row.name == name or vietnamese.search_key(row.name) == key for row in rows):
        raise Invalid(fields={"name": N_("Đã có một đơn vị mang tên này ở cùng cấp.")})
    if code and any(row.code.casefold() == code.casefold() for row in rows):
        raise Invalid(fields={"code": N_("Đã có một đơn vị mang mã này ở cùng cấp.")})


def _call(unit: Unit, name: str, short_name: str) -> None:
    unit.name = name
    unit.short_name = short_name
    unit.sort_key = vietnamese.text_sort_key(name)
    unit.search_key = vietnamese.search_key(f"{name} {short_name} {unit.code or ''}")


@operation
def rename_unit(*, actor: Actor, unit: Unit, name: str, short_name: str, since: date) -> None:
    """Give the unit another name from ``since`` on; results of before keep the name of before.

    Raises:
        NotAllowed: the actor doesn't keep this unit.
        Invalid: the day is in the future, or not after the day of the present name.
    """
    if not rules.may_rename(actor, unit):
        raise NotAllowed
    name = vietnamese.clean_name(name)
    if not name:
        raise Invalid(fields={"name": N_("Hãy nhập tên đơn vị.")})
    former = unit.name
    if name != former:
        _remember(unit, name, since)
    _call(unit, name, vietnamese.clean_name(short_name))
    record(
        actor=actor,
        action="unit.renamed",
        subject=unit,
        data={"from": former, "to": name, "short_name": unit.short_name, "since": since},
    )
    forget_names()


def _remember(unit: Unit, name: str, since: date) -> None:
    names = history(unit)
    if not names:
        names = [UnitName(unit_id=unit.id, name=unit.name, valid_from=unit.valid_from)]
        db.session.add(names[0])
    if since > clock.to_local(clock.now()).date():
        raise Invalid(fields={"since": N_("Ngày đổi tên chưa tới. Hãy đổi tên khi đến ngày đó.")})
    if since <= names[0].valid_from:
        raise Invalid(
            fields={"since": N_("Ngày đổi tên phải sau ngày bắt đầu dùng tên hiện nay.")},
        )
    db.session.add(UnitName(unit_id=unit.id, name=name, valid_from=since))


@operation
def set_up_centre(*, actor: Actor, unit: Unit, small_centre: bool, superior: str) -> None:
    """The settings of a centre: whether it is a *trung tâm nhỏ*, and its superior body as letters name it.

    Raises:
        NotAllowed: the actor is no administrator of it.
        Invalid: the unit is no centre.
    """
    if not rules.may_set_up(actor, unit):
        raise NotAllowed
    if unit.kind is not UnitKind.CENTRE:
        raise Invalid(N_("Chỉ trung tâm mới có phần cài đặt này."))
    chosen = {"small_centre": small_centre, "superior": vietnamese.clean_name(superior)}
    unit.settings = {**(unit.settings or {}), **chosen}
    record(actor=actor, action="unit.set_up", subject=unit, data=chosen)


@operation
def set_letterhead(*, actor: Actor, unit: Unit, chosen: Letterhead) -> None:
    """How the heading of the centre's official papers reads, and who signs them; papers made before stay as they are.

    Raises:
        NotAllowed: the actor doesn't keep the centre's letterhead, or the unit is no centre.
        Invalid: the issuing body, the code or the signer's role is missing.
    """
    if not rules.may_set_letterhead(actor, unit):
        raise NotAllowed
    stored = {name: _tidy(value) for name, value in chosen.to_json().items()}
    wanted = {
        "issuer": N_("Hãy ghi tên cơ quan ban hành."),
        "code": N_("Hãy ghi chữ viết tắt dùng trong số công văn, ví dụ TTCT."),
        "signer_role": N_("Hãy chọn chức vụ người ký."),
    }
    missing = {name: text for name, text in wanted.items() if not stored[name]}
    if stored["style"] not in STYLES:
        missing["style"] = N_("Hãy chọn thể thức.")
    if missing:
        raise Invalid(fields=missing)
    before = (unit.settings or {}).get("letterhead", {})
    unit.settings = {**(unit.settings or {}), "letterhead": stored}
    record(actor=actor, action="unit.letterhead", subject=unit, data={"from": before, "to": stored})


def _tidy(text: str) -> str:
    """Each line cleaned; a signer's role may have two."""
    return "\n".join(filter(None, (vietnamese.clean_name(line) for line in text.splitlines())))
