"""Numbers as people of a language write them: ``12.345,6`` in Vietnamese, ``12,345.6`` in English."""

import re
from decimal import Decimal
from fractions import Fraction

from lms.core.rounding import Exact, from_hundredths, percentage, rounded

_MARKS = {"vi": (".", ","), "en": (",", ".")}  # group, decimal
_SPACES = re.compile(r"[\s\u00a0\u202f]+")
MAX_LENGTH = 40


class NotANumber(ValueError):
    """The text is not a number as people write them."""


def _marks(locale: str) -> tuple[str, str]:
    return _MARKS.get(locale[:2], _MARKS["en"])


def format_number(
    value: Exact, locale: str = "vi", *, places: int | None = None, grouping: bool = True
) -> str:
    """``value`` with ``places`` decimals, or as many as it needs (a Fraction: at most 6).

    Rounding is half away from zero. ``8.50`` without ``places`` is written ``8,5``.
    """
    group, point = _marks(locale)
    if places is None:
        number = (
            value if isinstance(value, Decimal) else rounded(value, 6 if isinstance(value, Fraction) else 0)
        )
        text = f"{number:f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    else:
        text = f"{rounded(value, places):f}"
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, _, decimals = digits.partition(".")
    if not whole.strip("0") and not decimals.strip("0"):
        sign = ""
    if grouping:
        whole = f"{int(whole):,}".replace(",", group)
    return f"{sign}{whole}{point}{decimals}" if decimals else f"{sign}{whole}"


def format_mark(hundredths: int, locale: str = "vi", *, places: int | None = None) -> str:
    """A stored mark: 830 → ``8,3``; with ``places=2`` → ``8,30``."""
    return format_number(from_hundredths(hundredths), locale, places=places)


def format_short_mark(hundredths: int, locale: str = "vi") -> str:
    """A stored mark with one decimal, or two where there are two: 830 → ``8,3``, 1000 → ``10,0``, 825 → ``8,25``."""
    return format_mark(hundredths, locale, places=1 if hundredths % 10 == 0 else 2)


def format_percent(value: Decimal, locale: str = "vi") -> str:
    """A percentage with two decimals: ``54,84 %`` (with a no-break space) in Vietnamese, ``54.84%`` in English."""
    text = format_number(value, locale, places=2)
    return f"{text}\u00a0%" if locale.startswith("vi") else f"{text}%"


def format_share(count: int, total: int, locale: str = "vi") -> str:
    """Count and percentage together, as a report shows them: ``17/31 (54,84 %)``."""
    share = format_percent(percentage(count, total), locale)
    return f"{format_number(count, locale)}/{format_number(total, locale)} ({share})"


def parse_number(text: str, locale: str = "vi") -> Decimal:
    """The number a person typed; raises :class:`NotANumber`.

    The language's own marks win: ``12.345`` is 12345 in Vietnamese. Where that can't be meant (``8.5``, ``12.3456``)
    the other language's decimal mark is understood. No exponents, no infinities, at most 40 characters.
    """
    compact = _SPACES.sub("", text).replace("\u2212", "-")
    if len(compact) > MAX_LENGTH or not compact.isascii():
        raise NotANumber(text[:MAX_LENGTH])
    group, point = _marks(locale)
    for thousands, decimal in ((group, point), (point, group)):
        grouped = rf"[+-]?\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})+(?:{re.escape(decimal)}\d+)?"
        plain = rf"[+-]?(?:\d+(?:{re.escape(decimal)}\d*)?|{re.escape(decimal)}\d+)"
        if re.fullmatch(grouped, compact) or re.fullmatch(plain, compact):
            return Decimal(compact.replace(thousands, "").replace(decimal, "."))
    raise NotANumber(text[:MAX_LENGTH])
