"""Whether a regulation makes sense: what is wrong, where, and how to mend it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from lms.core.messages import N_, Message
from lms.core.numbers import format_number
from lms.core.rounding import from_hundredths
from lms.results.classification.regulation import (
    CODE,
    MOST_BANDS,
    MOST_COMPONENTS,
    TOP,
    WHOLE,
    Band,
    Component,
    Regulation,
    Rounding,
)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong: ``where`` is a field (``components-2-weight``), ``text`` says what and how to mend it."""

    where: str
    text: Message


@dataclass
class _Finder:
    found: list[Problem] = field(default_factory=list)

    def say(self, where: str, text: str, **params: str | int) -> None:
        self.found.append(Problem(where, Message(text, params)))


def problems(regulation: Regulation) -> list[Problem]:
    """Everything that keeps a regulation from being applied; empty when it makes sense."""
    finder = _Finder()
    _check_components(regulation.components, finder)
    _check_bands(regulation.bands, finder)
    if regulation.final_rounding is Rounding.EXACT:
        finder.say(
            "final_rounding", N_("Điểm cuối cùng phải được làm tròn: chọn một hoặc hai chữ số thập phân.")
        )
    if regulation.absence_limit is not None and not 0 <= regulation.absence_limit <= WHOLE:
        finder.say("absence_limit", N_("Mức vắng tối đa phải từ 0 đến 100 phần trăm; thường là 20."))
    if regulation.lowest is not None and not 0 <= regulation.lowest <= TOP:
        finder.say("lowest", N_("Mức điểm tối thiểu phải từ 0 đến 10."))
    return finder.found


def percent_words(weight: int) -> str:
    """A weight as people write it: 6000 → ``60 %``, 3350 → ``33,5 %``."""
    return f"{format_number(from_hundredths(weight))}\u00a0%"


def _check_components(components: Sequence[Component], finder: _Finder) -> None:
    if not components:
        finder.say("components", N_("Chưa có thành phần điểm nào. Thêm ít nhất một thành phần."))
        return
    if len(components) > MOST_COMPONENTS:
        finder.say("components", N_("Nhiều nhất %(most)s thành phần điểm."), most=MOST_COMPONENTS)
    seen: set[str] = set()
    titles: set[str] = set()
    for place, one in enumerate(components):
        if not CODE.fullmatch(one.code) or one.code in seen:
            finder.say(f"components-{place}-title", N_("Mã thành phần bị trùng hoặc không hợp lệ."))
        if not one.title.strip():
            finder.say(
                f"components-{place}-title", N_("Thành phần thứ %(number)s chưa có tên."), number=place + 1
            )
        elif one.title.casefold() in titles:
            finder.say(f"components-{place}-title", N_("Có hai thành phần cùng tên “%(title)s”. Đổi tên một cái."), title=one.title)  # fmt: skip
        if not 0 <= one.weight <= WHOLE:
            finder.say(f"components-{place}-weight", N_("Trọng số của “%(title)s” phải từ 0 đến 100 %%."), title=one.title)  # fmt: skip
        if one.minimum is not None and not 0 <= one.minimum <= TOP:
            finder.say(f"components-{place}-minimum", N_("Điểm tối thiểu của “%(title)s” phải từ 0 đến 10."), title=one.title)  # fmt: skip
        seen.add(one.code)
        titles.add(one.title.casefold())
    _check_sum(sum(one.weight for one in components), finder)
    if not any(one.required and one.weight > 0 for one in components):
        finder.say("components", N_("Phải có ít nhất một thành phần bắt buộc có trọng số."))


def _check_sum(total: int, finder: _Finder) -> None:
    if total < WHOLE:
        finder.say(
            "components",
            N_("Trọng số cộng lại được %(sum)s, còn thiếu %(gap)s. Sửa để tổng bằng đúng 100 %%."),
            sum=percent_words(total),
            gap=percent_words(WHOLE - total),
        )
    elif total > WHOLE:
        finder.say(
            "components",
            N_("Trọng số cộng lại được %(sum)s, thừa %(gap)s. Sửa để tổng bằng đúng 100 %%."),
            sum=percent_words(total),
            gap=percent_words(total - WHOLE),
        )


def _check_bands(bands: Sequence[Band], finder: _Finder) -> None:
    if not bands:
        finder.say("bands", N_("Chưa có mức xếp loại nào. Thêm ít nhất một mức đạt và một mức không đạt."))
        return
    if len(bands) > MOST_BANDS:
        finder.say("bands", N_("Nhiều nhất %(most)s mức xếp loại."), most=MOST_BANDS)
    if bands[-1].lower != 0:
        finder.say(f"bands-{len(bands) - 1}-lower", N_("Mức thấp nhất phải bắt đầu từ 0 điểm để điểm nào cũng có xếp loại."))  # fmt: skip
    for place, band in enumerate(bands):
        _check_band(band, place, bands[place - 1] if place else None, finder)
    if len({band.code for band in bands}) < len(bands) or any(
        not CODE.fullmatch(band.code) for band in bands
    ):
        finder.say("bands", N_("Mã của hai mức xếp loại bị trùng hoặc không hợp lệ."))
    if len({band.title.casefold() for band in bands}) < len(bands):
        finder.say("bands", N_("Có hai mức xếp loại cùng tên. Đổi tên một mức."))
    if not bands[0].passes:
        finder.say("bands-0-passes", N_("Mức cao nhất phải được tính là đạt."))


def _check_band(band: Band, place: int, upper: Band | None, finder: _Finder) -> None:
    if not band.title.strip():
        finder.say(f"bands-{place}-title", N_("Mức xếp loại thứ %(number)s chưa có tên."), number=place + 1)
    if not 0 <= band.lower <= TOP:
        finder.say(
            f"bands-{place}-lower",
            N_("Mức “%(title)s” phải bắt đầu từ 0 đến 10 điểm."),
            title=band.title,
        )
    if upper is None:
        return
    if band.lower >= upper.lower:
        finder.say(
            f"bands-{place}-lower",
            N_("Xếp từ mức cao xuống mức thấp: “%(title)s” phải bắt đầu thấp hơn “%(upper)s”."),
            title=band.title,
            upper=upper.title,
        )
    if band.passes and not upper.passes:
        finder.say(
            f"bands-{place}-passes",
            N_("“%(title)s” được tính là đạt mà mức cao hơn “%(upper)s” thì không."),
            title=band.title,
            upper=upper.title,
        )
