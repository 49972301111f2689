"""Whether an address stays on this site, whoever wrote it."""

import unicodedata
from urllib.parse import urlsplit

LONGEST = 2000
_SLASHES = str.maketrans(dict.fromkeys("\N{FRACTION SLASH}\N{DIVISION SLASH}\N{BIG SOLIDUS}", "/"))


def stays_here(target: str) -> bool:
    r"""Whether every browser reads ``target`` as a path of this host.

    Browsers drop tabs and line ends, read ``\`` as ``/`` and ``//`` as the beginning of a host; some proxies
    compose letters, so that ``／`` becomes a slash.
    """
    if len(target) > LONGEST or not target.isprintable():
        return False
    composed = unicodedata.normalize("NFKC", target).translate(_SLASHES)
    path = composed.partition("?")[0].partition("#")[0]
    if not target.startswith("/") or "\\" in composed or "//" in path:
        return False
    try:
        parts = urlsplit(composed)
    except ValueError:
        return False
    return not parts.scheme and not parts.netloc
