"""What the states of a letter are called."""

from lms.core.messages import N_
from lms.results.letters.models import LetterState

STATES: dict[str, str] = {
    "none": N_("Chưa làm"),
    LetterState.MADE: N_("Đã làm, chưa gửi"),
    LetterState.SENT: N_("Đã gửi"),
    LetterState.ANSWERED: N_("Đơn vị đã trả lời"),
}
KINDS: dict[str, str] = {
    "none": "muted",
    LetterState.MADE: "warn",
    LetterState.SENT: "info",
    LetterState.ANSWERED: "ok",
}
