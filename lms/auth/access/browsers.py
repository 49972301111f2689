"""Which browser it was, in the words of its owner: *Chrome trên Android*, not the header's own."""

from lms.core.messages import N_, Message

_PROGRAMS = (
    ("Zalo", "Zalo"),
    ("FBAN", "Facebook"),
    ("FBAV", "Facebook"),
    ("coc_coc", "Cốc Cốc"),
    ("Edg", "Edge"),
    ("SamsungBrowser", "Samsung Internet"),
    ("OPR/", "Opera"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_MACHINES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


def describe(user_agent: str) -> Message:
    """Program and machine as far as the header tells; it may lie, so nothing is decided by it."""
    program = next((name for sign, name in _PROGRAMS if sign in user_agent), "")
    machine = next((name for sign, name in _MACHINES if sign in user_agent), "")
    if program and machine:
        return Message(N_("%(program)s trên %(machine)s"), {"program": program, "machine": machine})
    if program or machine:
        return Message(N_("Trình duyệt %(name)s"), {"name": program or machine})
    return Message(N_("Trình duyệt không rõ tên"))
