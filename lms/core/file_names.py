"""Names of files as people gave them, made harmless."""

import re
import unicodedata

NAME_BYTES = 200
FALLBACK = "tep"
_SEPARATORS = re.compile(r"[/\\]")
_FORBIDDEN = re.compile(r'[<>:"|?*]')


def safe_name(name: str) -> str:
    """The last part of ``name`` in NFC, without control, format or private characters, at most 200 bytes of UTF-8.

    What Windows refuses becomes ``_``; leading and trailing dots and spaces go; the extension outlives a cut;
    an empty rest is named ``tep``.
    """
    last = _SEPARATORS.split(unicodedata.normalize("NFC", name))[-1]
    visible = "".join(" " if char.isspace() else char for char in last if _is_visible(char) or char.isspace())
    tidy = re.sub(r" +", " ", _FORBIDDEN.sub("_", visible)).strip(" .")
    return _cut(tidy) or FALLBACK


def _is_visible(char: str) -> bool:
    return not unicodedata.category(char).startswith("C")


def _cut(name: str) -> str:
    if len(name.encode()) <= NAME_BYTES:
        return name
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension) > 10:  # noqa: PLR2004  (no real extension is longer)
        return _first_bytes(name, NAME_BYTES)
    return _first_bytes(stem, NAME_BYTES - len(extension.encode()) - 1).rstrip(" .") + "." + extension


def _first_bytes(text: str, size: int) -> str:
    return text.encode()[:size].decode(errors="ignore")
