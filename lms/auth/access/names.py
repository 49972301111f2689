"""Names to sign in with, as people type them and as they are kept: one namespace of codes, phones and e-mails."""

import re
import unicodedata

from lms.auth.accounts.models import NameKind
from lms.core.messages import N_

LONGEST = 120
NATIONAL_DIGITS = 9
_PHONE = re.compile(r"\+?[0-9][0-9 .()\-]{7,19}")
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_FORMS: dict[NameKind, tuple[re.Pattern[str], str]] = {
    NameKind.CODE: (
        re.compile(r"(?=.*[a-z0-9])[a-z0-9._/\-]{2,40}"),
        N_("Mã chỉ gồm chữ không dấu, chữ số và các dấu . - _ /"),
    ),
    NameKind.PHONE: (re.compile(r"[0-9]{9,15}"), N_("Số điện thoại gồm 10 chữ số, ví dụ 0912 345 678.")),
    NameKind.EMAIL: (
        re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~\-]+@[a-z0-9](?:[a-z0-9.\-]*[a-z0-9])?\.[a-z]{2,}"),
        N_("Thư điện tử có dạng ten@noi.vn, không dấu."),
    ),
}


def normalise_name(typed: str) -> str:
    """The stored form of a learner code, phone number or e-mail.

    Spaces, invisible characters, case, width and composition (NFC, NFD) make no difference; nor does a phone
    number's ``+84``, ``0084`` or ``84`` for ``0``, nor its dots. Normalising twice changes nothing.
    """
    text = _bare(_bare(typed).casefold())
    return _phone(text) if _PHONE.fullmatch(text) else text


def _bare(text: str) -> str:
    composed = unicodedata.normalize("NFKC", text)
    return "".join(
        char for char in composed if not char.isspace() and unicodedata.category(char) not in _INVISIBLE
    )


def _phone(text: str) -> str:
    digits = re.sub(r"[^0-9]", "", text)
    for prefix in ("0084", "84"):
        rest = digits.removeprefix(prefix)
        if rest != digits and len(rest.removeprefix("0")) in {NATIONAL_DIGITS, NATIONAL_DIGITS + 1}:
            return "0" + rest.removeprefix("0")
    return digits


def malformed(kind: NameKind, value: str) -> str | None:
    """What is wrong with a normalised name of this kind, as a message id; None when it may be kept."""
    form, problem = _FORMS[kind]
    return None if len(value) <= LONGEST and form.fullmatch(value) else problem
