"""Languages, and how numbers and dates read in them.

Message ids are the Vietnamese texts themselves; English is the catalogue.
"""

from datetime import date, datetime

from babel.dates import format_datetime, get_timezone
from flask import Flask, current_app, g, has_request_context, session
from flask_babel import Babel, get_locale, gettext, ngettext

from lms.core import clock
from lms.core.messages import Message
from lms.core.numbers import format_short_mark
from lms.core.vietnamese import after_class

LANGUAGES = ("vi", "en")
DAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def pick_language() -> str:
    """What the reader chose, else what the account says, else Vietnamese.

    The browser's own preference is not asked: many phones of Vietnamese people are set to English.
    """
    if not has_request_context():
        return "vi"
    chosen: str | None = session.get("language")
    if chosen in LANGUAGES:
        return chosen
    actor = g.get("actor")
    if actor is not None and actor.language in LANGUAGES:
        return str(actor.language)
    return "vi"


def language() -> str:
    """The language of this answer, ``vi`` or ``en``."""
    if not has_request_context():
        locale = get_locale()
        return locale.language if locale is not None else "vi"
    known: str | None = g.get("language")
    if known is None:
        known = g.language = pick_language()
    return known


def _gettext(text: str) -> str:
    """A page asks for hundreds of texts; in Vietnamese the text is its own id and needs no catalogue."""
    return text if language() == "vi" else str(gettext(text))


def _ngettext(singular: str, plural: str, count: int) -> str:
    return singular if language() == "vi" else str(ngettext(singular, plural, count))


def say(message: Message | str) -> str:
    """A message that an operation or a pure package made as data, in the reader's language."""
    if isinstance(message, str):
        return str(gettext(message))
    return str(gettext(message.id, **message.params))


def zone_name() -> str:
    """The installation's time zone."""
    name: str = current_app.config["LMS"].time_zone
    return name


def vndate(moment: datetime | date | None) -> str:
    """``22/11/2026`` as the wall calendar shows it."""
    if moment is None:
        return ""
    day = clock.to_local(moment, zone_name()) if isinstance(moment, datetime) else moment
    return day.strftime("%d/%m/%Y")


def vndatetime(moment: datetime | None) -> str:
    """``17:00 22/11/2026``."""
    return "" if moment is None else clock.to_local(moment, zone_name()).strftime("%H:%M %d/%m/%Y")


def vntime(moment: datetime | None) -> str:
    """``17:00:05``."""
    return "" if moment is None else clock.to_local(moment, zone_name()).strftime("%H:%M:%S")


def long_moment(moment: datetime) -> str:
    """``17:00 thứ Sáu 27/11/2026`` or its English twin."""
    local = clock.to_local(moment, zone_name())
    if language() == "vi":
        return f"{local:%H:%M} {DAYS[local.weekday()]} {local:%d/%m/%Y}"
    return format_datetime(moment, "HH:mm, EEEE d MMMM y", tzinfo=get_timezone(zone_name()), locale="en")


def marks(hundredths: int | None) -> str:
    """Hundredths on the 10-point scale with one decimal, or two where there are two.

    ``830`` is ``8,3``, ``1000`` is ``10,0``, ``825`` is ``8,25``.
    """
    if hundredths is None:
        return "–"
    return format_short_mark(hundredths, language())


def init_i18n(app: Flask) -> None:
    """Bind languages and formats to the application."""
    app.config.setdefault("BABEL_DEFAULT_LOCALE", "vi")
    app.config.setdefault("BABEL_TRANSLATION_DIRECTORIES", "translations")
    Babel(app, locale_selector=pick_language, timezone_selector=zone_name)
    app.jinja_env.install_gettext_callables(_gettext, _ngettext, newstyle=True)  # type: ignore[attr-defined]  # made by Jinja's own extension
    app.add_template_filter(after_class)
    app.add_template_filter(vndate)
    app.add_template_filter(vndatetime)
    app.add_template_filter(vntime)
    app.add_template_filter(long_moment)
    app.add_template_filter(marks)
    app.add_template_filter(say)
    app.add_template_global(language, "locale")
