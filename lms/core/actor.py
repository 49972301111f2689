"""Who acts: a snapshot of a signed-in person, the roles held and where they hold.

Permission is role × scope × object state. Here stand role and scope; each room's ``rules.py`` adds the state.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person does at a centre; one person may hold several roles."""

    LEARNER = "learner"
    LECTURER = "lecturer"
    STAFF = "staff"
    LEADER = "leader"
    OVERSEER = "overseer"
    UNIT = "unit"
    ADMIN = "admin"


CENTRE_ROLES = frozenset({Role.LECTURER, Role.STAFF, Role.LEADER, Role.ADMIN})


@dataclass(frozen=True)
class Scope:
    """Subtrees of units, each given by the path of its root (``/1/7/``); no path means nothing at all."""

    paths: tuple[str, ...] = ()

    def covers(self, path: str) -> bool:
        """Whether the unit at ``path`` lies in one of the subtrees."""
        return any(path.startswith(root) for root in self.paths)

    def __bool__(self) -> bool:
        return bool(self.paths)


@dataclass(frozen=True)
class Grant:
    """A role held over the subtree at ``path``."""

    role: Role
    path: str


@dataclass(frozen=True)
class Actor:
    """A person who acts, as of the beginning of the request; plain data that outlives any transaction."""

    id: int
    public_id: str
    full_name: str
    unit_id: int | None
    grants: tuple[Grant, ...]
    language: str = "vi"
    must_change_password: bool = False

    @property
    def roles(self) -> frozenset[Role]:
        """All roles held anywhere."""
        return frozenset(grant.role for grant in self.grants)

    def has(self, *roles: Role) -> bool:
        """Whether one of the roles is held anywhere."""
        return not self.roles.isdisjoint(roles)

    def scope(self, *roles: Role) -> Scope:
        """The subtrees in which one of ``roles`` is held."""
        return Scope(tuple(sorted({grant.path for grant in self.grants if grant.role in roles})))

    def holds(self, path: str, *roles: Role) -> bool:
        """Whether one of ``roles`` is held over the unit at ``path``."""
        return self.scope(*roles).covers(path)


def nobody(grants: Iterable[Grant] = ()) -> Actor:
    """The software itself, acting at a deadline or from the terminal; holds no role."""
    return Actor(id=0, public_id="", full_name="", unit_id=None, grants=tuple(grants))
