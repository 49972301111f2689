"""How often one person may ask for something costly. Counted in Redis where there are several machines.

These limits keep the server responsive; what must hold as a promise (sign-in) is counted in a table instead. When
Redis is away nothing is refused, and it is logged.
"""

from flask import Flask, current_app, request
from limits import RateLimitItem, parse
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter
from structlog import get_logger

from lms.core import clock
from lms.core.errors import TooMany
from lms.core.messages import N_

KEY = "lms_limiter"
log = get_logger("lms.limits")


def init_limits(app: Flask, redis_url: str) -> None:
    """Count in Redis, or in this process where there is none."""
    app.extensions[KEY] = FixedWindowRateLimiter(storage_from_string(redis_url or "memory://"))


def hit(limit: str, who: str) -> None:
    """Count one request of ``who`` (an account or an address) to this endpoint against ``limit`` (``30/hour``).

    Raises:
        TooMany: the limit is reached.
    """
    item: RateLimitItem = parse(limit)
    limiter: FixedWindowRateLimiter = current_app.extensions[KEY]
    identifiers = (request.endpoint or "", who)
    try:
        allowed = limiter.hit(item, *identifiers)
        reset = limiter.get_window_stats(item, *identifiers).reset_time if not allowed else 0.0
    except Exception as error:  # noqa: BLE001  (whatever the store's driver raises, a learner must not suffer for it)
        log.warning("limits_unavailable", error=type(error).__name__)
        return
    if not allowed:
        wait = max(1, round(reset - clock.now().timestamp()))
        raise TooMany(
            N_("Thao tác quá nhiều lần. Hãy thử lại sau %(minutes)s phút."),
            minutes=(wait + 59) // 60,
            retry_after=wait,
        )
