"""What a regulation says: components and weights, rounding, conditions, classes of result. Pure; JSON in and out.

Weights and shares are integers of 1/100 % (100 % is 10,000), marks integers of 1/100 point on the 10-point scale.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

from lms.core.messages import N_

WHOLE = 10_000
"""100 % in units of 1/100 %."""
TOP = 1_000
"""10 points in hundredths."""
MOST_COMPONENTS, MOST_BANDS = 12, 10
CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")


class ComponentKind(StrEnum):
    """What a component measures, which is where its marks are proposed from."""

    ATTENDANCE = "attendance"
    MODULE_TEST = "module_test"
    FINAL_TEST = "final_test"
    ESSAY = "essay"
    CONDUCT = "conduct"


class Rounding(StrEnum):
    """To which place a mark is rounded, halves up; ``EXACT`` keeps the fraction."""

    TENTHS = "tenths"
    HUNDREDTHS = "hundredths"
    EXACT = "exact"


class Unmet(StrEnum):
    """What becomes of a learner who misses a condition: the lowest class, or none for want of eligibility."""

    FAIL = "fail"
    NOT_ELIGIBLE = "not_eligible"


@dataclass(frozen=True, slots=True)
class Component:
    """A part of the total. ``minimum`` is the least mark that passes, as a condition of the whole.

    One that is not ``required`` and has no mark is left out, and its weight goes to the others in proportion.
    """

    code: str
    title: str
    kind: ComponentKind
    weight: int
    required: bool = True
    minimum: int | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """A class of result from the mark ``lower`` (included) up to the next one."""

    code: str
    title: str
    lower: int
    passes: bool = True


@dataclass(frozen=True, slots=True)
class Regulation:
    """A regulation's content. ``bands`` best first, the last from 0.

    ``absence_limit`` is the largest share of periods missed, None for no limit; ``every_module_test`` asks that each
    module test was taken; ``lowest`` is the mark that no component may fall below, None for none.
    """

    components: tuple[Component, ...]
    bands: tuple[Band, ...]
    component_rounding: Rounding = Rounding.EXACT
    final_rounding: Rounding = Rounding.TENTHS
    absence_limit: int | None = 2_000
    every_module_test: bool = True
    lowest: int | None = None
    unmet: Unmet = Unmet.NOT_ELIGIBLE

    def to_json(self) -> dict[str, Any]:
        """As it is stored."""
        return {**asdict(self), "components": [asdict(one) for one in self.components],
                "bands": [asdict(one) for one in self.bands]}  # fmt: skip

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> "Regulation":
        """What was stored.

        Raises:
            ValueError: it is not a regulation at all (the rules of sense are in :mod:`lms.results.classification.checking`).
        """
        try:
            return cls(
                components=tuple(_component(one) for one in content["components"]),
                bands=tuple(
                    Band(str(one["code"]), str(one["title"]), int(one["lower"]), bool(one["passes"]))
                    for one in content["bands"]
                ),
                component_rounding=Rounding(content["component_rounding"]),
                final_rounding=Rounding(content["final_rounding"]),
                absence_limit=_whole(content["absence_limit"]),
                every_module_test=bool(content["every_module_test"]),
                lowest=_whole(content["lowest"]),
                unmet=Unmet(content["unmet"]),
            )
        except (KeyError, TypeError, AttributeError) as error:
            msg = f"not a regulation: {error!r}"
            raise ValueError(msg) from error

    def component(self, code: str) -> Component | None:
        """The component of this code."""
        return next((one for one in self.components if one.code == code), None)

    def band_of(self, mark: int) -> Band:
        """The class of a rounded mark; a boundary belongs to the upper class."""
        return next(band for band in self.bands if mark >= band.lower)


def _whole(value: Any) -> int | None:
    return None if value is None else int(value)


def _component(one: Mapping[str, Any]) -> Component:
    return Component(
        code=str(one["code"]),
        title=str(one["title"]),
        kind=ComponentKind(one["kind"]),
        weight=int(one["weight"]),
        required=bool(one.get("required", True)),
        minimum=_whole(one.get("minimum")),
    )


DEFAULT_BANDS = (
    Band("excellent", N_("Xuất sắc"), 900),
    Band("good", N_("Giỏi"), 800),
    Band("fair", N_("Khá"), 700),
    Band("average", N_("Trung bình"), 500),
    Band("failed", N_("Không đạt"), 0, passes=False),
)
NOT_ELIGIBLE_CODE, NOT_ELIGIBLE_TITLE = "not_eligible", N_("Chưa đủ điều kiện")

ELEMENTARY = Regulation(
    components=(
        Component("module_tests", N_("Kiểm tra thường xuyên"), ComponentKind.MODULE_TEST, 3_000),
        Component("essay", N_("Bài thu hoạch"), ComponentKind.ESSAY, 2_000),
        Component("final", N_("Thi tốt nghiệp"), ComponentKind.FINAL_TEST, 5_000, minimum=500),
    ),
    bands=DEFAULT_BANDS,
)
SHORT_COURSE = Regulation(
    components=(
        Component("attendance", N_("Chuyên cần"), ComponentKind.ATTENDANCE, 1_000),
        Component("conduct", N_("Ý thức kỷ luật"), ComponentKind.CONDUCT, 1_000),
        Component("essay", N_("Bài thu hoạch"), ComponentKind.ESSAY, 2_000),
        Component("final", N_("Kiểm tra cuối khóa"), ComponentKind.FINAL_TEST, 6_000),
    ),
    bands=DEFAULT_BANDS,
)
TEST_ONLY = replace(
    SHORT_COURSE,
    components=(Component("final", N_("Kiểm tra cuối khóa"), ComponentKind.FINAL_TEST, WHOLE),),
)
PRESETS: dict[str, tuple[str, Regulation]] = {
    "elementary": (N_("Chương trình sơ cấp lý luận chính trị"), ELEMENTARY),
    "short": (N_("Lớp bồi dưỡng ngắn ngày"), SHORT_COURSE),
    "test_only": (N_("Chỉ có bài kiểm tra cuối khóa"), TEST_ONLY),
}
"""Starting points, by name: a title and the content. None was compared with a centre's own text (*chưa đối chiếu*)."""
