"""Options that speak of other options, and so can't be moved freely.

*Tất cả các đáp án trên* keeps its place among the others; *Cả A, B, C* or *A và B đúng* name letters, so nothing in
the set may move. Texts are compared without tones, case or punctuation. When in doubt an option counts as pinned:
a paper that shuffles less is still right.
"""

import re

from lms.core.vietnamese import search_key

LONGEST = 120
"""A longer text is a statement of its own, whatever it begins with."""

_PUNCTUATION = re.compile(r"[^\w]+")
_NOUN = (
    r"(?:dap an|phuong an|y kien|y|cau tra loi|cau|lua chon|noi dung|dieu|truong hop|yeu to|phat bieu|"
    r"khang dinh|nhan dinh|muc|quan diem|nhiem vu|viec)"
)
_NUMBER = r"(?:\d|hai|ba|bon|nam|moi)"
_PLACE = r"(?:da neu|vua neu|neu|ke|o tren|tren day|tren|duoi day|nay|con lai|khac|trong|so|cac|do)"
_VERDICT = r"(?:deu|la|cung|khong|dung nhat|dung|sai|chinh xac|phu hop|hop ly|hop le|thoa man)"

_VIETNAMESE = (
    # Tất cả các đáp án trên (đều đúng) · Tất cả đều đúng · Cả ba ý trên · Cả hai đều sai
    rf"tat ca(?: (?:cac|nhung|{_NUMBER}))*(?: {_NOUN})?(?: {_PLACE})*(?: {_VERDICT})*",
    rf"(?:ca|toan bo)(?: (?:cac|nhung))?(?: {_NUMBER})? {_NOUN}(?: {_PLACE})*(?: {_VERDICT})*",
    rf"ca {_NUMBER}(?: {_PLACE})*(?: {_VERDICT})+",
    rf"ca {_NUMBER} (?:o tren|tren)",
    # Các đáp án trên đều đúng · Các ý còn lại đều sai
    rf"(?:cac|nhung|ca) {_NOUN}(?: {_PLACE})+(?: {_VERDICT})*",
    # Không có đáp án nào (đúng) · Không câu nào đúng · Không có phương án đúng
    rf"khong (?:co )?(?:mot )?{_NOUN}(?: nao)?(?: (?:{_PLACE}|{_NOUN}|{_VERDICT}|ca))*",
    r"(?:mot )?(?:dap an|phuong an|y kien|y|lua chon|cau tra loi) khac",
    r"(?:deu|cung) (?:dung|sai)",
)
_ENGLISH = (
    r"(?:all|none|both|neither|any)(?: of)?(?: the| these| those| them| above| following| other| options?| answers?|"
    r" choices?| statements?| listed| are| is| correct| true| false| wrong| right| apply)*"
)
_PINNED = re.compile("|".join((*_VIETNAMESE, _ENGLISH)))

_LEAD = rf"(?:chi co|chi|ca|gom ca|gom|tat ca|cac|hai|ba|bon|both|only|neither|either|options?|answers?|{_NOUN}|\d)"
_JOIN = r"(?:va |hoac |and |or |nor |lan )?"
_TAIL = (
    r"(?:deu|la|cung|dung nhat|dung|sai|khong|chinh xac|o tren|tren|neu tren|only|are|is|correct|true|false|wrong|"
    r"incorrect|both)"
)
_LETTERS = re.compile(
    rf"(?:{_LEAD} )*[a-h](?: {_JOIN}(?:{_NOUN} )?[a-h])+(?: {_TAIL})*"
    rf"|(?:chi co|chi|only|dap an|phuong an|cau|y|lua chon|option|answer) [a-h](?: {_TAIL})*"
    rf"|(?:ca|ca hai|ca ba|ca bon|tat ca|both|neither) [a-h](?: {_JOIN}[a-h])+ .*"
)


def _plain(text: str) -> str:
    return _PUNCTUATION.sub(" ", search_key(text)).strip()


def refers_to_letters(text: str) -> bool:
    """Whether an option's plain text names other options by their letters (*Cả A, B, C*; *Both A and B*)."""
    return len(text) <= LONGEST and _LETTERS.fullmatch(_plain(text)) is not None


def is_pinned_text(text: str) -> bool:
    """Whether an option's plain text only makes sense at its place among the others."""
    if len(text) > LONGEST:
        return False
    return _PINNED.fullmatch(_plain(text)) is not None or refers_to_letters(text)
