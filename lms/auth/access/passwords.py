"""Passwords: how they are kept, and which are too easy to guess."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from lms.core import vietnamese
from lms.core.messages import N_

MEMORY_KIB = 19 * 1024
TIME_COST = 2
PARALLELISM = 1
SHORTEST = 10
LONGEST = 200
STRONG_ENOUGH = 3
"""zxcvbn's third step: 10^8 guesses and more."""
LONGEST_ESTIMATED = 72
JOINED_AT_MOST = 4
SHORTEST_PIECE = 3
FEW_PIECES = 3
LONGEST_REST = 4
"""As long as a year."""

TOO_SHORT = N_("Mật khẩu cần ít nhất 10 ký tự.")
TOO_LONG = N_("Mật khẩu dài quá 200 ký tự.")
ABOUT_SELF = N_(
    "Mật khẩu này lấy từ tên, ngày sinh hoặc tên trung tâm nên dễ bị đoán. Hãy chọn một câu khác."
)
COMMON = N_(
    "Mật khẩu này gồm những từ nhiều người hay dùng nên dễ bị đoán. Hãy ghép vài từ không liên quan với nhau."
)
PATTERN = N_("Mật khẩu này có dãy số, dãy phím hoặc chữ lặp lại nên dễ bị đoán. Hãy chọn một câu khác.")
UNCHANGED = N_("Mật khẩu mới phải khác mật khẩu đang dùng.")


@cache
def _hasher() -> PasswordHasher:
    """Argon2id by OWASP's profile: 19 MiB, two passes, one lane."""
    return PasswordHasher(time_cost=TIME_COST, memory_cost=MEMORY_KIB, parallelism=PARALLELISM)


@cache
def _nobody() -> str:
    """A hash that no password fits, so that an unknown name takes as long as a wrong password."""
    return _hasher().hash("no such person, the same work all the same")


def _prepared(password: str) -> str:
    """One form for all keyboards: a Mac composes Vietnamese letters in another way than a phone."""
    return unicodedata.normalize("NFKC", password)


def hash_password(password: str) -> str:
    """What is stored of a password."""
    return _hasher().hash(_prepared(password))


def fits(password_hash: str, password: str) -> bool:
    """Whether the password is the one that was hashed; an empty hash fits nothing and takes as long."""
    try:
        _hasher().verify(password_hash or _nobody(), _prepared(password))
    except (VerificationError, InvalidHashError):
        return False
    return bool(password_hash)


def is_outdated(password_hash: str) -> bool:
    """Whether the hash was made with other parameters than today's."""
    return _hasher().check_needs_rehash(password_hash)


def weakness(password: str, about: Iterable[str] = ()) -> str | None:
    """Why the password may not be used, as a message id; None when it may.

    ``about`` are texts known of the person: full name, birth date as given, names to sign in, centre, unit.
    Vietnamese marks count for nothing here, since a guesser leaves them out.
    """
    text = _prepared(password)
    if len(text) < SHORTEST:
        return TOO_SHORT
    if len(text) > LONGEST:
        return TOO_LONG
    from zxcvbn import zxcvbn  # noqa: PLC0415  (its word lists are heavy and rarely wanted)

    own = list(dict.fromkeys(_derived(about)))
    if (made_of := _made_of_known(vietnamese.fold(text), own)) is not None:
        return made_of
    found: Mapping[str, Any] = zxcvbn(
        vietnamese.fold(text)[:LONGEST_ESTIMATED], user_inputs=[*own, *_common_words()]
    )
    if found["score"] >= STRONG_ENOUGH:
        return None
    return _reason(found["sequence"], frozenset(own))


def _made_of_known(folded: str, own: Sequence[str]) -> str | None:
    """A few known words and hardly anything else: zxcvbn takes such joints for chance."""
    rest, pieces, personal = re.sub(r"[^a-z0-9]", "", folded), 0, False
    for words, is_own in ((own, True), (_common_words(), False)):
        for word in sorted((re.sub(r"[^a-z0-9]", "", word) for word in words), key=len, reverse=True):
            if len(word) >= SHORTEST_PIECE and word in rest:
                pieces += rest.count(word)
                rest = rest.replace(word, "")
                personal = personal or is_own
    if len(rest) > LONGEST_REST or not 0 < pieces <= FEW_PIECES:
        return None
    return ABOUT_SELF if personal else COMMON


def _reason(sequence: Sequence[Mapping[str, Any]], own: frozenset[str]) -> str:
    words = [match for match in sequence if match["pattern"] == "dictionary"]
    if any(match["matched_word"] in own for match in words):
        return ABOUT_SELF
    if words:
        return COMMON
    return PATTERN


@cache
def _common_words() -> tuple[str, ...]:
    lines = (Path(__file__).parent / "common_words.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


def _derived(about: Iterable[str]) -> Iterator[str]:
    """What a guesser makes of a text: neighbouring words written together, initials, the parts of a date."""
    for text in about:
        folded = vietnamese.fold(text)
        if digits := re.findall(r"[0-9]+", folded):
            yield "".join(digits)
            yield from digits
            yield from (part[-2:] for part in digits if len(part) == len("1979"))
        words = re.findall(r"[a-z0-9]+", folded)
        yield "".join(word[0] for word in words)
        for length in range(1, JOINED_AT_MOST + 1):
            for start in range(len(words) - length + 1):
                yield "".join(words[start : start + length])
                yield " ".join(words[start : start + length])
        if words:
            yield words[-1] + "".join(words[:-1])
