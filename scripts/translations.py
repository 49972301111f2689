"""Keep the English catalogue true to the texts in the code: `update`, `check` and `compile`.

Message ids are the Vietnamese texts themselves, so Vietnamese needs no catalogue. `check` fails on a text without its
English, on a leftover, on a fuzzy guess, and on a translation that names other placeholders or tags than its text.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "lms" / "translations" / "en" / "LC_MESSAGES" / "messages.po"
METHODS = [("**.py", "python"), ("**/templates/**.*", "jinja2")]
OPTIONS = {"**/templates/**.*": {"silent": "false", "trimmed": "true"}}
# Errors of the domain and `Message` take a text as their first argument and are translated at the edge. `Invalid` isn't
# here: its `fields` are read as texts too. Its texts are marked with `N_`.
DOMAIN = (
    "Message",
    "DomainError",
    "NotAllowed",
    "NotFound",
    "Conflict",
    "Closed",
    "TooMany",
    "Unavailable",
)
KEYWORDS = (
    DEFAULT_KEYWORDS
    | dict.fromkeys(("_l", "lazy_gettext", *DOMAIN))
    | {"lazy_ngettext": (1, 2), "lazy_pgettext": ((1, "c"), 2), "lazy_npgettext": ((1, "c"), 2, 3)}
)
# `%(count)s` is filled by the server, `{n}` by the page's own code.
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")


def extracted() -> Catalog:
    """Return every text in the code, with the places where it stands."""
    catalogue = Catalog(locale="en", project="lms", charset="utf-8")
    for name, line, text, comments, context in extract_from_dir(
        str(ROOT / "lms"), METHODS, OPTIONS, KEYWORDS, comment_tags=("i18n:",), strip_comment_tags=True
    ):
        if text:
            catalogue.add(text, None, [(f"lms/{name}", line)], auto_comments=comments, context=context)
    return catalogue


def stored() -> Catalog:
    """Return the committed English catalogue; an empty one if there is none yet."""
    if not CATALOGUE.exists():
        return Catalog(locale="en", project="lms", charset="utf-8", fuzzy=False)
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en")


def _key(message: Message) -> tuple[str, str]:
    return message.context or "", message.id if isinstance(message.id, str) else message.id[0]


def _forms(value: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _problems_of(message: Message) -> Iterator[str]:
    ids, forms = _forms(message.id), _forms(message.string or "")
    if message.fuzzy:
        yield "is marked fuzzy"
    if not all(form.strip() for form in forms) or len(forms) < len(ids):
        yield "has no English"
        return
    for pattern, what in ((PLACEHOLDER, "placeholders"), (TAG, "tags")):
        wanted = set(pattern.findall(" ".join(ids)))
        for form in forms:
            found = set(pattern.findall(form))
            # One form of a plural may leave its number out ("one question"); a single text leaves out nothing.
            if found - wanted or (wanted - found and len(forms) == 1):
                yield f"has other {what}: {sorted(wanted)} in the text, {sorted(found)} in the English"


def problems() -> list[str]:
    """Return what is wrong with the catalogue, a line each."""
    in_code = {_key(message): message for message in extracted() if message.id}
    catalogue = stored()
    in_catalogue = {_key(message): message for message in catalogue if message.id}
    found = []
    for key, message in in_code.items():
        place = "{}:{}".format(*message.locations[0])
        if key not in in_catalogue:
            found.append(f"{place}: {key[1]!r} is not in the catalogue")
        elif len(_forms(message.id)) != len(_forms(in_catalogue[key].id)):
            found.append(f"{place}: {key[1]!r} has a plural in only one of code and catalogue")
        else:
            found += [f"{place}: {key[1]!r} {problem}" for problem in _problems_of(in_catalogue[key])]
    found += [
        f"{CATALOGUE.name}: {key[1]!r} is no longer in the code"
        for key in in_catalogue.keys() - in_code.keys()
    ]
    found += [
        f"{CATALOGUE.name}: {_key(old)[1]!r} is kept as obsolete" for old in catalogue.obsolete.values()
    ]
    return sorted(found)


def update() -> None:
    """Add new texts, drop those that went, keep every translation that still fits."""
    catalogue = stored()
    catalogue.update(extracted(), no_fuzzy_matching=True, update_creation_date=False)
    catalogue.fuzzy = False
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as file:
        write_po(file, catalogue, width=110, ignore_obsolete=True, include_lineno=False, sort_by_file=True)


def compile_catalogue() -> None:
    """Write the compiled catalogue next to its source, where it is newer than the last one."""
    target = CATALOGUE.with_suffix(".mo")
    if not CATALOGUE.exists() or (target.exists() and target.stat().st_mtime >= CATALOGUE.stat().st_mtime):
        return
    with target.open("wb") as file:
        write_mo(file, stored())


def main() -> int:
    """Run the command named on the command line; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command", choices=("update", "check", "compile"))
    command = parser.parse_args().command
    if command == "compile":
        compile_catalogue()
        return 0
    if command == "update":
        update()
    found = problems()
    for line in found:
        print(line)
    print(f"English catalogue: {len(found)} to mend.")
    return 1 if found and command == "check" else 0


if __name__ == "__main__":
    sys.exit(main())
