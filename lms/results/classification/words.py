"""The working of a result in words: a stored ``path`` as steps that a page can show. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from lms.core.messages import N_, Message
from lms.core.numbers import format_mark, format_number, format_percent, format_short_mark
from lms.core.rounding import from_hundredths, percentage, rounded
from lms.results.classification.regulation import Rounding

PLACES = 4
"""Decimals after which a value that doesn't end is broken off."""
NO_MARK = N_("Chưa có điểm: %(what)s.")


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the working. ``figure`` is what it comes to; ``state`` is ``ok``, ``bad``, ``open`` or ``total``."""

    title: Message
    figure: str
    how: tuple[Message, ...] = ()
    state: str = "ok"


def points(value: Sequence[int] | Fraction, locale: str = "vi") -> str:
    """An exact number of points: ``4,98``; one whose decimals don't end within four places is marked ``≈ 8,3333``."""
    exact = Fraction(*value) if not isinstance(value, Fraction) else value
    text = format_number(rounded(exact, PLACES), locale)
    return text if (exact * 10**PLACES).denominator == 1 else f"≈ {text}"


def weight(hundredths: int, locale: str = "vi") -> str:
    """A weight or share in 1/100 %: ``60 %``, ``33,5 %``."""
    return f"{format_number(from_hundredths(hundredths), locale)}\u00a0%"


def _mark(hundredths: int, locale: str) -> str:
    return format_short_mark(hundredths, locale)


def working(path: Mapping[str, Any], locale: str = "vi") -> list[Step]:
    """Components, their sum, conditions and class, in this order; empty for an empty path."""
    if not path:
        return []
    return [
        *(_component(one, path, locale) for one in path["components"]),
        _total(path, locale),
        *(_condition(one, locale) for one in path["conditions"]),
        _band(path, locale),
    ]


def aspects(path: Mapping[str, Any], locale: str = "vi") -> list[Step]:
    """How the marks of theory and practice were formed, of those there are."""
    named = (("theory", N_("Lý luận")), ("practice", N_("Thực tiễn")))
    return [_aspect(path[key], title, locale) for key, title in named if path and path[key]]


def _component(one: Mapping[str, Any], path: Mapping[str, Any], locale: str) -> Step:
    title = Message("%(title)s", {"title": one["title"]})
    if one["state"] == "missing":
        wanted = [source["title"] for source in one["sources"] if source["mark"] is None] or [one["title"]]
        return Step(title, "–", (Message(NO_MARK, {"what": "; ".join(wanted)}),), "bad")
    if one["state"] == "left_out":
        words = N_("Không có điểm và không bắt buộc: trọng số %(weight)s chia cho các thành phần khác.")
        return Step(title, "–", (Message(words, {"weight": weight(one["weight"], locale)}),), "open")
    how = [_origin(one, path, locale)] if one["sources"] or one["kind"] == "attendance" else []
    how += [_noted(source) for source in one["sources"] if source.get("note")]
    if one["mark"] != one["exact"]:
        text = N_("Làm tròn %(exact)s thành %(mark)s.")
        how.append(
            Message(text, {"exact": points(one["exact"], locale), "mark": points(one["mark"], locale)})
        )
    how.append(_weighted(one, locale))
    return Step(title, points(one["contribution"], locale), tuple(how))


def _noted(source: Mapping[str, Any]) -> Message:
    return Message(N_("Ghi chú: %(note)s."), {"note": source["note"]})


def _weighted(one: Mapping[str, Any], locale: str) -> Message:
    share = Fraction(*one["share"])
    shown = {
        "mark": points(one["mark"], locale),
        "weight": weight(one["weight"], locale),
        "sum": points(one["contribution"], locale),
    }
    if share == Fraction(one["weight"], 10_000):
        return Message(N_("%(mark)s × %(weight)s = %(sum)s"), shown)
    whole = Fraction(one["weight"]) / share if share else Fraction(10_000)
    shown["whole"] = weight(int(whole), locale)
    return Message(N_("%(mark)s × %(weight)s ÷ %(whole)s = %(sum)s"), shown)


def _origin(one: Mapping[str, Any], path: Mapping[str, Any], locale: str) -> Message:
    sources = one["sources"]
    exact = points(one["exact"], locale)
    if not sources:
        held, missed = path["attendance"]["held"], path["attendance"]["missed"]
        text = N_(
            "Có mặt %(present)s trên %(held)s tiết đã điểm danh: %(present)s ÷ %(held)s × 10 = %(mark)s"
        )
        return Message(text, {"present": held - missed, "held": held, "mark": exact})
    if len(sources) == 1:
        return Message(N_("%(title)s: %(mark)s điểm"), {"title": sources[0]["title"], "mark": exact})
    listed = "; ".join(f"{source['title']} {_mark(source['mark'], locale)}" for source in sources)
    text = N_("Trung bình cộng của %(list)s = %(mark)s")
    return Message(text, {"list": listed, "mark": exact})


def _total(path: Mapping[str, Any], locale: str) -> Step:
    title = Message(N_("Điểm tổng kết"))
    if path["sum"] is None:
        lacking = N_("Chưa tính được vì còn thiếu: %(what)s.")
        return Step(title, "–", (Message(lacking, {"what": "; ".join(path["missing"])}),), "bad")
    parts = " + ".join(
        points(one["contribution"], locale) for one in path["components"] if one["contribution"]
    )
    exact, mark = points(path["sum"], locale), _mark(path["mark"], locale)
    places = 1 if path["rounding"] == Rounding.TENTHS else 2
    text = N_("%(parts)s = %(sum)s, làm tròn một lần đến %(places)s chữ số thập phân: %(mark)s")
    return Step(
        title, mark, (Message(text, {"parts": parts, "sum": exact, "places": places, "mark": mark}),), "total"
    )


def _condition(one: Mapping[str, Any], locale: str) -> Step:
    state = {True: "ok", False: "bad", None: "open"}[one["met"]]
    figure = {True: "✓", False: "✗", None: "–"}[one["met"]]
    if one["code"] == "absence":
        title = Message(
            N_("Điều kiện: vắng không quá %(limit)s số tiết"), {"limit": weight(one["limit"], locale)}
        )
        if one["met"] is None:
            return Step(title, figure, (Message(N_("Chưa điểm danh buổi nào.")),), state)
        shown = {
            "missed": one["missed"],
            "planned": one["planned"],
            "share": format_percent(percentage(one["missed"], one["planned"]), locale),
        }
        absent = Message(N_("Vắng %(missed)s trên %(planned)s tiết (%(share)s)."), shown)
        return Step(title, figure, (absent,), state)
    if one["code"] == "module_tests":
        title = Message(N_("Điều kiện: dự đủ các bài kiểm tra chuyên đề"))
        if one["met"]:
            return Step(title, figure, (), state)
        return Step(title, figure, (Message(NO_MARK, {"what": "; ".join(one["missing"])}),), state)
    title = Message(
        N_("Điều kiện: %(title)s từ %(least)s điểm"),
        {"title": one["title"], "least": _mark(one["least"], locale)},
    )
    how = (Message(N_("Đạt %(mark)s điểm."), {"mark": points(one["mark"], locale)}),) if one["mark"] else ()
    return Step(title, figure, how, state)


def _band(path: Mapping[str, Any], locale: str) -> Step:
    title, band = Message(N_("Xếp loại")), path["band"]
    if band is None:
        return Step(title, "–", (Message(N_("Chưa xếp loại vì chưa đủ điểm.")),), "open")
    if path["unmet"]:
        return Step(title, band["title"], (Message(N_("Vì thiếu điều kiện ở trên.")),), "bad")
    text = Message(
        N_("Điểm %(mark)s, từ %(lower)s điểm trở lên."),
        {"mark": _mark(path["mark"], locale), "lower": format_mark(band["from"], locale)},
    )
    return Step(title, band["title"], (text,), "total")


def _aspect(part: Mapping[str, Any], title: str, locale: str) -> Step:
    whole = sum(one["weight"] for one in part["parts"])
    listed = " + ".join(
        f"{one['title']} {points(one['mark'], locale)} × {weight(one['weight'], locale)}"
        for one in part["parts"]
    )
    shown = {"list": listed, "whole": weight(whole, locale), "exact": points(part["exact"], locale)}
    mark = _mark(part["mark"], locale)
    text = N_("(%(list)s) ÷ %(whole)s = %(exact)s, làm tròn %(mark)s")
    return Step(Message(title), mark, (Message(text, {**shown, "mark": mark}),), "total")
