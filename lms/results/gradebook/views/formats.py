"""Shares, percentages and marks in words, for the gradebook's templates."""

from decimal import Decimal
from fractions import Fraction

from lms.core import mark_words as words
from lms.core.numbers import format_number, format_percent, format_share
from lms.results.gradebook.views import blueprint
from lms.web.i18n import language

PLACES = 2


@blueprint.app_template_filter("share_of")
def share_of(count: int, total: int) -> str:
    """``17/31 (54,84 %)``."""
    return format_share(count, total, language())


@blueprint.app_template_filter("percent")
def percent(value: Decimal) -> str:
    """``54,84 %``."""
    return format_percent(value, language())


@blueprint.app_template_filter("mark_words")
def mark_words(hundredths: int) -> str:
    """A mark in Vietnamese words, as an official score sheet has it."""
    return words.mark_words(hundredths)


@blueprint.app_template_filter("points")
def points(earned: Fraction) -> str:
    """Exact 1/100 points as points, at most two decimals: ``33⅓`` hundredths are ``0,33``."""
    text = format_number(earned / 100, language(), places=PLACES)
    return text.rstrip("0").rstrip(".,") if earned.denominator == 1 else text
