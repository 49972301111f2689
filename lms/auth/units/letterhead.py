"""The heading of a centre's official papers, from its settings."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from lms.auth.units.models import Unit
from lms.auth.units.queries import setting
from lms.core import clock, typesetting

PARTY, STATE = "party", "state"
STYLES = (PARTY, STATE)
TEMPLATE = Path(__file__).with_name("letterhead.typ")
GAP = "\u00a0" * 6
"""What is left open for the clerk's hand."""
DIRECTOR, DEPUTY = "GIÁM ĐỐC", "K/T GIÁM ĐỐC\nPHÓ GIÁM ĐỐC"
SIGNERS = {"director": DIRECTOR, "deputy": DEPUTY}
"""Roles of a signer as a Party document writes them; a deputy signs in the director's place."""


@dataclass(frozen=True)
class Letterhead:
    """``style`` is that of Party documents or of state bodies; ``code`` stands in numbers (*Số …-TB/TTCT*)."""

    style: str = PARTY
    superior: str = ""
    issuer: str = ""
    code: str = "TTCT"
    place: str = ""
    signer_role: str = DIRECTOR
    signer_name: str = ""

    def heading(self, place_and_date: str, number: str = "") -> dict[str, str]:
        """What ``heading-of`` of a printed paper takes."""
        return {
            "style": self.style,
            "superior": self.superior,
            "issuer": self.issuer,
            "number": number,
            "place_and_date": place_and_date,
        }

    def to_json(self) -> dict[str, Any]:
        """As it is kept in the unit's settings."""
        return asdict(self)


def letterhead(centre: Unit) -> Letterhead:
    """What the centre, or a unit above it, set; else the superior of its settings and the names in the tree."""
    stored: dict[str, str] = setting(centre, "letterhead", {}) or {}
    known = {name: value for name, value in stored.items() if name in Letterhead.__dataclass_fields__}
    superior = (centre.settings or {}).get("superior") or (centre.parent.name if centre.parent else "")
    return Letterhead(**{"superior": superior, "issuer": centre.name, **known})


def preview(head: Letterhead) -> bytes:
    """A PDF page with nothing but this heading, a title and the signer, to look at."""
    state = head.style == STATE
    return typesetting.pdf(
        TEMPLATE,
        {
            "head": head.heading(
                f"{head.place or '…'}, ngày {GAP} tháng {GAP} năm {clock.now().year}",
                f"Số: {GAP}/TB-{head.code}" if state else f"Số {GAP}-TB/{head.code}",
            ),
            "signer": {
                "role": head.signer_role.replace("K/T ", "KT. ") if state else head.signer_role,
                "name": head.signer_name,
            },
        },
    )
