"""The tree of units and everybody in it."""

from datetime import date

from lms.auth.access.names import normalise_name
from lms.auth.access.passwords import hash_password
from lms.auth.accounts.models import Account, NameKind, RoleGrant, SignInName
from lms.auth.units.models import Unit, UnitKind, UnitName
from lms.cli.demo.records import Content, Learner, Staff
from lms.cli.demo.texts import PASSWORD
from lms.core import clock, vietnamese
from lms.core.actor import Role
from lms.core.db import db

FOUNDED = date(2025, 7, 1)


class People:
    """Units and accounts by their codes."""

    def __init__(self, content: Content) -> None:
        self.units: dict[str, Unit] = {}
        self.accounts: dict[str, Account] = {}
        self._hash = hash_password(PASSWORD)
        superior = self._unit("", content.centre.superior, "", UnitKind.SUPERIOR, None)
        self.superior = superior
        self.centre = self._unit(
            content.centre.code, content.centre.name, content.centre.short_name, UnitKind.CENTRE, superior
        )
        self.centre.settings = {
            "letterhead": {
                "superior": content.centre.superior,
                "issuer": content.centre.name,
                "place": content.centre.place,
                "signer_role": "GIÁM ĐỐC",
                "signer_name": next(one.name for one in content.staff if one.post == "Giám đốc"),
            }
        }
        for unit in content.units:
            self._unit(unit.code, unit.name, unit.short_name, UnitKind(unit.kind), self.centre)
        for member in content.staff:
            self._staff(member)
        for learner in content.learners:
            self._learner(learner)

    def _unit(self, code: str, name: str, short_name: str, kind: UnitKind, parent: Unit | None) -> Unit:
        unit = Unit(
            parent_id=parent.id if parent else None,
            kind=kind,
            code=code,
            name=name,
            short_name=short_name or name,
            sort_key=vietnamese.text_sort_key(name),
            search_key=vietnamese.search_key(name),
            path=f"/{code or 'root'}/",
            valid_from=FOUNDED,
        )
        unit.names = [UnitName(name=name, valid_from=FOUNDED)]
        db.session.add(unit)
        db.session.flush()  # the path holds the unit's own id
        unit.path = f"{parent.path if parent else '/'}{unit.id}/"
        self.units[code] = unit
        return unit

    def _staff(self, member: Staff) -> None:
        where = {
            Role.UNIT: self.units.get(member.unit or ""),
            Role.OVERSEER: self.superior,
        }.get(Role(member.role)) or self.centre
        account = self._account(member, where)
        account.grants = [RoleGrant(role=Role(member.role), unit_id=where.id)]

    def _learner(self, learner: Learner) -> None:
        unit = self.units[learner.unit]
        account = self._account(learner, unit)
        account.grants = [RoleGrant(role=Role.LEARNER, unit_id=unit.id)]

    def _account(self, person: Staff | Learner, unit: Unit) -> Account:
        account = Account(
            full_name=person.name,
            born=person.born,
            unit_id=unit.id,
            password_hash=self._hash,
            must_change_password=False,
            created_at=clock.now(),
        )
        account.names = [
            SignInName(kind=kind, value=normalise_name(value))
            for kind, value in (
                (NameKind.CODE, person.code),
                (NameKind.PHONE, person.phone),
                (NameKind.EMAIL, person.email),
            )
            if value
        ]
        db.session.add(account)
        self.accounts[person.code] = account
        return account
