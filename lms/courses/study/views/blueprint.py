"""The blueprint of the study room, who may enter, and what its pages share."""

from flask import current_app
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.exceptions import RequestEntityTooLarge

from lms.core.articles import clean_article
from lms.core.messages import N_, Message
from lms.courses.study import rules
from lms.web.answers import answer
from lms.web.guard import GuardedBlueprint, roles
from lms.web.headers import POLICY
from lms.web.i18n import language, say

blueprint = GuardedBlueprint("study", __name__, template_folder="../templates")
READERS = roles(*rules.READERS)
WRITERS = roles(*rules.WRITERS)
MEBIBYTE = 1024 * 1024
KIBIBYTE = 1024
EDITOR_POLICY = POLICY.replace("trusted-types 'none'", "trusted-types ProseMirrorClipboard")
"""Of the page with the editor, which reads what is pasted in a document apart, by a policy of that name."""


@blueprint.app_template_filter("article")
def article(html: str) -> Markup:
    """A lesson's HTML, cleaned again: what is stored is never trusted. A table gets a box that scrolls, by keys too."""
    box = Markup('<div class="lesson-table" role="group" aria-label="{}" tabindex="0"><table>').format(
        _("Bảng")
    )
    cleaned = clean_article(html).replace("<table>", box).replace("</table>", "</table></div>")
    return Markup(cleaned)  # noqa: S704  (cleaned right here)


@blueprint.app_template_filter("weight")
def weight(size: int) -> str:
    """Bytes as ``1,2 MB`` or ``340 KB``."""
    if size < MEBIBYTE:
        return f"{max(1, round(size / KIBIBYTE))} KB"
    whole, tenth = divmod(round(size * 10 / MEBIBYTE), 10)
    return f"{whole}{',' if language() == 'vi' else '.'}{tenth} MB"


@blueprint.errorhandler(RequestEntityTooLarge)
def too_large(error: RequestEntityTooLarge) -> ResponseReturnValue:
    """An upload over the limit is refused before it is read."""
    del error
    limit = current_app.config["LMS"].max_upload_bytes // MEBIBYTE
    text = N_("Tệp nặng quá mức cho phép (%(limit)s MB). Hãy chọn tệp nhẹ hơn.")
    return answer(413, "too_large", say(Message(text, {"limit": limit})))
