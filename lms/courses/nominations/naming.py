"""Which unit a text of a roster means: ``ĐU Tân Phú`` is *Đảng bộ xã Tân Phú*. Pure."""

import difflib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from lms.core.vietnamese import clean_name, fold
from lms.courses.nominations.models import UnitEvidence

TONES = "\u0300\u0309\u0303\u0301\u0323"
SHORT: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"(?<!\w){short}" + ("" if short.endswith(r"\.") else r"(?!\w)")), whole)
    for short, whole in (
        (r"(?:đ[./]?u|d/u)", "đảng ủy"), (r"đ[./]?b", "đảng bộ"), (r"c[./]?b", "chi bộ"), (r"ubnd", "ủy ban nhân dân"),
        (r"hđnd|hdnd", "hội đồng nhân dân"), (r"(?:ub|ủy ban |uỷ ban )?mttq(?:vn| việt nam)?", "mặt trận tổ quốc"),
        (r"(?:h)?lhpn", "hội liên hiệp phụ nữ"), (r"hpn", "hội liên hiệp phụ nữ"), (r"hnd", "hội nông dân"),
        (r"(?:h)?ccb", "hội cựu chiến binh"), (r"đtn", "đoàn thanh niên"), (r"tp\.?", "thành phố"), (r"x\.", "xã"),
        (r"p\.", "phường"), (r"tt\.", "thị trấn"), (r"ttct", "trung tâm chính trị"),
    )
)  # fmt: skip
COMMITTEES = (("dang uy", "dang bo"), ("chi uy", "chi bo"))
KIN: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"(?<!\w)(?:{spoken})(?!\w)"), kin)
    for spoken, kin in (
        (r"(?:hoi )*(?:lien hiep )?(?:phu nu|pn)|h ?pn", "hoi phu nu"), (r"(?:hoi )*(?:nong dan|nd)|h ?nd", "hoi nong dan"),
        (r"(?:hoi )*(?:cuu chien binh|ccb)|h ?ccb", "hoi cuu chien binh"), (r"(?:hoi )*(?:chu thap do|ctd)", "hoi chu thap do"),
        (r"(?:hoi )*(?:nguoi cao tuoi|nct)", "hoi nguoi cao tuoi"), (r"(?:uy ban |ub )?(?:hdnd|hoi dong nhan dan)", "hoi dong nhan dan"),
        (r"(?:doan |d)(?:thanh nien|tn|tncs|cs)(?: (?:cong san|cs|cshcm|ho chi minh|hcm))*|tncs(?: (?:ho chi minh|hcm))?|doan(?= (?:xa|phuong|thi tran|x|p|tt) )", "doan thanh nien"),
        (r"(?:uy ban |ub )?(?:mat tran(?: to quoc)?|mt ?tq)(?: viet nam| ?vn)?", "mat tran to quoc"),
        (r"(?:lien doan|ld) ?(?:lao dong|ld)", "lien doan lao dong"), (r"cd", "cong doan"), (r"c ?a", "cong an"),
        (r"(?:ban )?(?:chi huy|bch|chqs|bchqs)(?: (?:quan su|qs))?|(?:ban )?quan su", "ban chi huy quan su"),
        (r"(?:ub|uy ban)(?: nhan dan)?", "uy ban nhan dan"), (r"(?:truong )?(?:thpt|trung hoc pho thong|cap (?:3|iii))", "truong thpt"),
        (r"(?:truong )?(?:thcs|trung hoc co so|cap (?:2|ii))", "truong thcs"), (r"(?:truong )?(?:tieu hoc|th|cap (?:1|i))", "truong tieu hoc"),
        (r"(?:truong )?(?:mam non|mn|mau giao)", "truong mam non"), (r"tram (?:y te|yt)|tyt", "tram y te"),
        (r"trung tam (?:y te|yt)|ttyt", "trung tam y te"), (r"benh vien(?: (?:da khoa|dk))?|bv ?(?:dk)?", "benh vien da khoa"),
        (r"(?:phong |p ?)(?:gd|giao duc|gddt|gdvdt)(?: (?:va )?(?:dt|dao tao))?", "phong giao duc dao tao"),
        (r"htx", "hop tac xa"), (r"c ?ty", "cong ty"), (r"vp", "van phong"), (r"bql", "ban quan ly"), (r"tdp", "to dan pho"),
        (r"x", "xa"), (r"p", "phuong"), (r"tt", "thi tran"), (r"h", "huyen"), (r"q", "quan"), (r"tx", "thi xa"),
        (r"t", "tinh"), (r"va", " "),
    )
)  # fmt: skip
"""How bodies are called for short. What agrees only by these is proposed to a person, never decided."""
PLACES = re.compile(r"\b(?:xa|phuong|thi tran|viet nam)\b")
BODIES = re.compile(
    r"\b(?:dang bo|chi bo|uy ban nhan dan|hoi dong nhan dan|mat tran to quoc|hoi|doan|co quan|don vi|thanh nien|tncs|hcm)\b"
)
OF_PLACE = frozenset({"xa", "phuong", "thi tran", "huyen", "quan", "thi xa", "tinh", " "})
KIN_BODIES = re.compile(
    "|".join(rf"\b{kin}\b" for kin in dict.fromkeys(one for _, one in KIN) if kin not in OF_PLACE)
)
PARTY = re.compile(r"^dang bo (?:xa|phuong|thi tran|huyen|quan|thi xa|thanh pho)\b")
PARTS = re.compile(r"\s*[,;\n]\s*|\s+[-–]\s+")
ALIKE, AHEAD = 0.84, 0.03


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """A unit with everything it is or was called."""

    id: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Guess:
    """The unit a text means, and how that was found."""

    unit_id: int | None
    evidence: UnitEvidence


UNKNOWN = Guess(None, UnitEvidence.UNKNOWN)


def toned(text: str) -> str:
    """``text`` with each word's tone behind it, so that *uỷ* and *ủy* are one: letters decide, then the tone."""
    words = []
    for word in re.findall(r"\w+", unicodedata.normalize("NFC", text.casefold())):
        marks = unicodedata.normalize("NFD", word)
        tone = "".join(mark for mark in marks if mark in TONES)
        bare = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in TONES))
        words.append(bare + tone)
    return " ".join(words)


def _whole(text: str) -> str:
    spelled = clean_name(text).casefold()
    for short, whole in SHORT:
        spelled = short.sub(f" {whole} ", spelled)
    return clean_name(spelled)


def _plain(text: str) -> str:
    bare = " ".join(re.findall(r"\w+", fold(_whole(text))))
    for short, whole in COMMITTEES:
        bare = re.sub(rf"\b{short}\b", whole, bare)
    return bare


def _kin(plain: str) -> str:
    """A folded name with every body under one name: *Hội PN* and *Hội Liên hiệp Phụ nữ* are kin."""
    plain = re.sub(r"\b([pqh])(?=\d)", r"\1 ", plain)
    for pattern, kin in KIN:
        plain = pattern.sub(kin, plain)
    return clean_name(re.sub(r"\b0+(?=[1-9])", "", plain))


def _of_branch(plain: str) -> str:
    """The body whose party branch it is: *Chi bộ Công an xã* sends the people of *CA xã*; nothing for a place alone."""
    bare = re.sub(r"\b(?:dang bo|chi bo)\b", " ", _kin(plain))
    return _without(PLACES, bare) if KIN_BODIES.search(bare) else ""


def _place(plain: str) -> str:
    """Where a body is, without what it is: the party committee of the place most likely sends its people."""
    return _without(PLACES, _without(BODIES, _without(KIN_BODIES, _kin(plain))))


def _without(pattern: re.Pattern[str], text: str) -> str:
    return clean_name(pattern.sub(" ", text))


def _has_marks(text: str) -> bool:
    return fold(text) != text.casefold()


class Directory:
    """The units of a centre, to be found by what people write."""

    def __init__(self, units: Iterable[KnownUnit]) -> None:
        self._exact: dict[str, set[int]] = {}
        self._plain: dict[str, set[int]] = {}
        self._loose: dict[str, set[int]] = {}
        self._kin: dict[str, set[int]] = {}
        self._core: dict[str, set[int]] = {}
        self._party: dict[str, set[int]] = {}
        self._toned: dict[int, set[str]] = {}
        self._known: dict[str, Guess] = {}
        for unit in units:
            for name in filter(None, unit.names):
                plain = _plain(name)
                loose = _without(PLACES, plain)
                self._exact.setdefault(toned(_whole(name)), set()).add(unit.id)
                self._toned.setdefault(unit.id, set()).update(toned(_whole(name)).split())
                for index, key in (
                    (self._plain, plain),
                    (self._loose, loose),
                    (self._kin, _kin(plain)),
                    (self._kin, _without(PLACES, _kin(plain))),
                    (self._kin, _of_branch(plain)),
                    (self._core, _without(BODIES, loose)),
                ):
                    if key:
                        index.setdefault(key, set()).add(unit.id)
                if PARTY.match(plain):
                    self._party.setdefault(_place(plain), set()).add(unit.id)

    def find(self, text: str) -> Guess:
        """The unit that the text means, or most likely means; of a text in parts the smallest unit that is known."""
        if text not in self._known:
            self._known[text] = self._find(text)
        return self._known[text]

    def _find(self, text: str) -> Guess:
        if not clean_name(text):
            return UNKNOWN
        pieces = [text, *(part for part in PARTS.split(text) if part != text)]
        guesses = [self._one(piece) for piece in pieces]
        for wanted in (UnitEvidence.RECOGNISED, UnitEvidence.PROPOSED):
            for guess in guesses:
                if guess.evidence is wanted:
                    return guess
        return UNKNOWN

    def _one(self, text: str) -> Guess:
        whole = self._exact.get(toned(_whole(text)), set())
        if len(whole) == 1:
            return Guess(next(iter(whole)), UnitEvidence.RECOGNISED)
        plain = _plain(text)
        loose = _without(PLACES, plain)
        for index, key in ((self._plain, plain), (self._loose, loose)):
            found = index.get(key, set())
            if len(found) == 1:
                unit_id = next(iter(found))
                sure = self._agrees(unit_id, text)
                return Guess(unit_id, UnitEvidence.RECOGNISED if sure else UnitEvidence.PROPOSED)
        for key in (_kin(plain), _without(PLACES, _kin(plain)), _of_branch(plain)):
            found = self._kin.get(key, set())
            if len(found) == 1:
                return Guess(next(iter(found)), UnitEvidence.PROPOSED)
        core = _without(BODIES, loose)
        found = self._core.get(core, set())
        if not found or (len(found) > 1 and KIN_BODIES.search(_kin(plain))):
            found = self._party.get(_place(plain), set()) or found
        if len(found) == 1:
            return Guess(next(iter(found)), UnitEvidence.PROPOSED)
        return UNKNOWN if found else self._alike(core)

    def _agrees(self, unit_id: int, text: str) -> bool:
        """Whether the tones of the text are those of the unit: *Tân Phú* is not *Tân Phủ*; no tones at all may be."""
        known = self._toned[unit_id] | {"đang" + TONES[1], "uy" + TONES[1], "bô" + TONES[4], "xa" + TONES[2]}
        known |= {"phương" + TONES[0], "đang" + TONES[1]}
        return not _has_marks(text) or set(toned(_whole(text)).split()) <= known

    def _alike(self, core: str) -> Guess:
        """A unit whose own name is all but written so; the words of its kind say nothing."""
        near = difflib.get_close_matches(core, self._core, n=2, cutoff=ALIKE)
        units = {unit_id for key in near[:1] for unit_id in self._core[key]}
        if len(units) != 1:
            return UNKNOWN
        if len(near) > 1 and self._core[near[1]] != self._core[near[0]]:
            first, second = (difflib.SequenceMatcher(None, core, key).ratio() for key in near)
            if first - second < AHEAD:
                return UNKNOWN
        return Guess(next(iter(units)), UnitEvidence.PROPOSED)
