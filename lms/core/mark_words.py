"""Marks in Vietnamese words, as an official score sheet has them beside the figures."""

from lms.core.rounding import from_hundredths
from lms.core.vietnamese import number_words


def mark_words(hundredths: int | None) -> str:
    """A stored mark in words: 830 → *Tám phẩy ba*, 1000 → *Mười*, 825 → *Tám phẩy hai mươi lăm*; empty for none.

    Raises ``ValueError`` for a mark that is not on the 10-point scale.
    """
    if hundredths is None:
        return ""
    if not 0 <= hundredths <= 1000:  # noqa: PLR2004  (the scale in hundredths)
        msg = f"{hundredths} is no mark on the 10-point scale"
        raise ValueError(msg)
    return number_words(from_hundredths(hundredths))
