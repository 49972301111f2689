"""The modules of a programme: added, renamed, put in order, deleted while nothing is kept by them."""

import sqlalchemy as sa

from lms.audit.operations import record
from lms.auth.units.models import Unit
from lms.core import vietnamese
from lms.core.actor import Actor
from lms.core.db import db, operation
from lms.core.errors import Conflict, Invalid, NotFound
from lms.core.messages import N_, Message
from lms.core.ordering import moved, number_from_one
from lms.courses.catalogue import queries
from lms.courses.catalogue.models import Module, Programme
from lms.courses.catalogue.operations.programmes import check_kept

MOST_PERIODS = 500


@operation
def add_module(*, actor: Actor, programme: Programme, unit: Unit, title: str, periods: int) -> Module:
    """A module at the end of the programme; ``periods`` are teaching periods.

    Raises:
        NotAllowed: the actor doesn't keep the programme.
        Invalid: no title, or impossible periods.
    """
    check_kept(actor, programme, unit)
    position = max((one.position for one in programme.modules), default=0) + 1
    module = Module(position=position)
    programme.modules.append(module)
    _name(module, title, periods)
    data = {"module": module.title, "periods": periods}
    record(actor=actor, action="programme.module_added", subject=programme, data=data)
    return module


def _name(module: Module, title: str, periods: int) -> None:
    title = vietnamese.clean_name(title)
    problems: dict[str, Message | str] = {}
    if not title:
        problems["title"] = N_("Hãy nhập tên.")
    if not 0 <= periods <= MOST_PERIODS:
        problems["periods"] = Message(N_("Số tiết từ 0 đến %(most)s."), {"most": MOST_PERIODS})
    if problems:
        raise Invalid(fields=problems)
    module.title, module.periods = title, periods


@operation
def edit_module(
    *, actor: Actor, programme: Programme, unit: Unit, key: str, title: str, periods: int
) -> None:
    """Rename a module or change its teaching periods.

    Raises:
        NotAllowed: the actor doesn't keep the programme.
        NotFound: the programme has no such module.
        Invalid: no title, or impossible periods.
    """
    check_kept(actor, programme, unit)
    module = _module(programme, key)
    before = [module.title, module.periods]
    _name(module, title, periods)
    if before != [module.title, module.periods]:
        data = {"before": before, "after": [module.title, module.periods]}
        record(actor=actor, action="programme.module_edited", subject=programme, data=data)


def _module(programme: Programme, key: str) -> Module:
    found = next((one for one in programme.modules if one.public_id == key), None)
    if found is None:
        raise NotFound
    return found


@operation
def move_module(*, actor: Actor, programme: Programme, unit: Unit, key: str, up: bool) -> None:
    """Change places with the module before or after; the first stays first and the last last.

    Raises:
        NotAllowed: the actor doesn't keep the programme.
        NotFound: the programme has no such module.
    """
    check_kept(actor, programme, unit)
    module = _module(programme, key)
    order = moved(programme.modules, module, up=up)
    if order is None:
        return
    number_from_one(order)
    record(actor=actor, action="programme.modules_ordered", subject=programme, data={"module": module.title})


@operation
def delete_module(*, actor: Actor, programme: Programme, unit: Unit, key: str) -> None:
    """Take a module out of the programme, as long as nothing is kept by it.

    Raises:
        NotAllowed: the actor doesn't keep the programme.
        NotFound: the programme has no such module.
        Conflict: lessons, activities, half days or others of the module are there.
    """
    check_kept(actor, programme, unit)
    module = _module(programme, key)
    if any(one.count for one in queries.kept_by_module([module])[module.id]):
        raise Conflict(
            N_("“%(title)s” đang có bài học, buổi học hoặc việc giao cho lớp nên chưa xóa được."),
            title=module.title,
        )
    title = module.title
    try:
        with db.session.begin_nested():
            programme.modules.remove(module)
            db.session.delete(module)
    except sa.exc.IntegrityError:
        raise Conflict(N_("“%(title)s” đang được dùng ở nơi khác nên chưa xóa được."), title=title) from None
    if programme.modules:
        number_from_one(list(programme.modules))
    record(actor=actor, action="programme.module_deleted", subject=programme, data={"module": title})
