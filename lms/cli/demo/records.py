"""The records the demo centre is made of: plain frozen dataclasses."""

from dataclasses import dataclass

from lms.cli.demo.coursework import Essay, Lesson


@dataclass(frozen=True, slots=True)
class Centre:
    """The centre itself; ``place`` is what stands before the date of its letters."""

    code: str
    name: str
    short_name: str
    superior: str
    place: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that nominates learners; ``kind`` is one of ``UNIT_KINDS``."""

    code: str
    name: str
    short_name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Staff:
    """An account of the house with one of ``ROLES``; ``unit`` is set for unit liaisons only."""

    code: str
    name: str
    born: str
    role: str
    post: str
    phone: str
    email: str
    unit: str | None


@dataclass(frozen=True, slots=True)
class Learner:
    """A learner; ``born`` is as given (``22/11/1979`` or a bare ``1985``), ``standing`` one of ``STANDINGS``."""

    code: str
    name: str
    born: str
    standing: str
    unit: str
    phone: str
    email: str | None


@dataclass(frozen=True, slots=True)
class Module:
    """One module of a programme, in order; ``topics`` are the bank topics it draws on."""

    number: int
    title: str
    periods: int
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme; ``audience`` is a standing, ``after`` the programmes that must come first.

    ``certificate_months`` is how long its certificate is valid, ``None`` when it does not lapse.
    """

    code: str
    name: str
    nickname: str
    module_word: str
    audience: str
    after: tuple[str, ...]
    certificate_months: int | None
    modules: tuple[Module, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A source document; ``issued`` is an ISO date cut to what is known (``2011-01-19``, ``1947-10``, ``1927``)."""

    id: str
    number: str
    title: str
    issuer: str
    issued: str
    in_force_from: str | None
    note: str


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of the bank."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question; ``key`` holds the right letters, ``applies`` the theory question it puts to use."""

    id: str
    topic: str
    level: str
    aspect: str
    kind: str
    stem: str
    options: tuple[str, ...]
    key: tuple[str, ...]
    explanation: str
    source: str
    place: str
    applies: str | None


@dataclass(frozen=True, slots=True)
class Content:
    """Everything the demo centre is made of."""

    centre: Centre
    units: tuple[Unit, ...]
    staff: tuple[Staff, ...]
    learners: tuple[Learner, ...]
    programmes: tuple[Programme, ...]
    documents: tuple[Document, ...]
    topics: tuple[Topic, ...]
    questions: tuple[Question, ...]
    lessons: tuple[Lesson, ...]
    essay: Essay
