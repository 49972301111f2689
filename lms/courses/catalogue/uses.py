"""What rooms above keep by module, and what there cites a source document: they say so at wiring time."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from lms.core.actor import Scope


@dataclass(frozen=True)
class ModuleUse:
    """Something kept by module. ``words`` is a message id with ``%(count)s``.

    ``counts`` says how many there are of each module id, in one statement. ``endpoint`` is the page that shows them,
    with the module's public id as ``key``; empty where there is none.
    """

    words: str
    counts: Callable[[Collection[int]], dict[int, int]]
    endpoint: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """One thing that cites a document, at ``place`` in it, with the page where it is read again."""

    document_id: int
    title: str
    place: str
    endpoint: str
    arguments: dict[str, str]


@dataclass(frozen=True)
class CitingKind:
    """A kind of thing that cites. ``label`` is a message id.

    ``find`` gives what within a scope cites the documents of these ids, in one statement.
    """

    label: str
    find: Callable[[Collection[int], Scope], list[Citation]]


@dataclass
class _Plugged:
    uses: dict[str, ModuleUse] = field(default_factory=dict)
    citing: dict[str, CitingKind] = field(default_factory=dict)


_plugged = _Plugged()


def plug_in_use(name: str, use: ModuleUse) -> None:
    """Count this by module, and let a module that has some not be deleted."""
    _plugged.uses[name] = use


def plug_in_citing(name: str, kind: CitingKind) -> None:
    """List this among what cites a source document."""
    _plugged.citing[name] = kind


def module_uses() -> list[ModuleUse]:
    """What is kept by module, in the order of the wiring."""
    return list(_plugged.uses.values())


def citing_kinds() -> list[CitingKind]:
    """What cites source documents, in the order of the wiring."""
    return list(_plugged.citing.values())
