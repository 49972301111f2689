"""What an operation raises when it can't do what was asked.

Each error carries a message for the person who asked (as data, translated at the edge), an HTTP ``status`` and
a stable ``code`` for programs. One handler on the web floor turns them into answers.
"""

from collections.abc import Mapping
from typing import ClassVar

from lms.core.messages import N_, Message, Param


class DomainError(Exception):
    """Base of all refusals. ``message`` is safe to show to the person who caused it."""

    status: ClassVar[int] = 400
    code: ClassVar[str] = "refused"
    default: ClassVar[str] = N_("Không làm được việc này.")

    def __init__(self, message: str | None = None, /, **params: Param) -> None:
        self.message = Message(message or self.default, params)
        super().__init__(str(self.message))


class NotAllowed(DomainError):
    """The actor may not do this, and may know that the thing exists."""

    status = 403
    code = "not_allowed"
    default = N_("Tài khoản này không được phép làm việc này.")


class NotFound(DomainError):
    """There is no such thing, or the actor may not know that there is."""

    status = 404
    code = "not_found"
    default = N_("Không tìm thấy nội dung này.")


class Conflict(DomainError):
    """Somebody else changed it first, or its state doesn't allow the change."""

    status = 409
    code = "conflict"
    default = N_("Nội dung này vừa được người khác thay đổi. Hãy tải lại trang.")


class Closed(DomainError):
    """The window, the attempt or the record is closed and takes no more changes."""

    status = 409
    code = "closed"
    default = N_("Đã đóng, không nhận thêm thay đổi.")


class Invalid(DomainError):
    """The input is wrong. ``fields`` maps a field's name to what is wrong with it."""

    status = 422
    code = "invalid"
    default = N_("Có chỗ nhập chưa đúng. Hãy xem lại các ô được đánh dấu.")

    def __init__(
        self,
        message: str | None = None,
        /,
        *,
        fields: Mapping[str, Message | str] | None = None,
        **params: Param,
    ) -> None:
        super().__init__(message, **params)
        self.fields: dict[str, Message] = {
            name: text if isinstance(text, Message) else Message(text)
            for name, text in (fields or {}).items()
        }


class TooMany(DomainError):
    """A limit was reached; it lifts after ``retry_after`` whole seconds."""

    status = 429
    code = "too_many"
    default = N_("Đã thử quá nhiều lần. Hãy đợi %(seconds)s giây rồi thử lại.")

    def __init__(self, message: str | None = None, /, *, retry_after: int, **params: Param) -> None:
        self.retry_after = max(1, retry_after)
        super().__init__(message, **{"seconds": self.retry_after, **params})


class Unavailable(DomainError):
    """A part of the system is down; nothing was changed and a later try may work."""

    status = 503
    code = "unavailable"
    default = N_("Hệ thống tạm thời chưa phục vụ được. Hãy thử lại sau ít phút.")

    def __init__(self, message: str | None = None, /, *, retry_after: int = 5, **params: Param) -> None:
        self.retry_after = max(1, retry_after)
        super().__init__(message, **params)


__all__ = [
    "N_",
    "Closed",
    "Conflict",
    "DomainError",
    "Invalid",
    "Message",
    "NotAllowed",
    "NotFound",
    "TooMany",
    "Unavailable",
]
