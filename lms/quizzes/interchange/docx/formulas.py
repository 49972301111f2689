"""Office formulas (OMML) as one line of text that can be read aloud: ``(a + b)/(2)``, ``x^(2)``, ``√(3)``."""

from typing import TYPE_CHECKING

from lms.quizzes.interchange.docx.names import M

if TYPE_CHECKING:
    from lxml.etree import _Element


def formula_text(element: "_Element") -> str:
    """The formula below ``element`` as text."""
    return "".join(_part(child) for child in element).replace("^∘", "°")


def _part(element: "_Element") -> str:
    if not isinstance(element.tag, str) or not element.tag.startswith(M):
        return ""
    name = element.tag[len(M) :]
    if name == "t":
        return element.text or ""
    if name.endswith("Pr"):
        return ""
    writer = WRITERS.get(name)
    return writer(element) if writer else formula_text(element)


def _inner(element: "_Element", name: str) -> str:
    child = element.find(M + name)
    return "" if child is None else formula_text(child).strip()


def _grouped(text: str) -> str:
    return text if len(text) <= 1 or text.isalnum() else f"({text})"


def _sign(element: "_Element", properties: str, name: str, default: str) -> str:
    found = element.find(f"{M}{properties}/{M}{name}")
    return default if found is None else found.get(M + "val", default)


def _fraction(element: "_Element") -> str:
    return f"{_grouped(_inner(element, 'num'))}/{_grouped(_inner(element, 'den'))}"


def _scripts(element: "_Element") -> str:
    low, high = _inner(element, "sub"), _inner(element, "sup")
    text = _inner(element, "e")
    return text + (f"_{_grouped(low)}" if low else "") + (f"^{_grouped(high)}" if high else "")


def _root(element: "_Element") -> str:
    degree = _inner(element, "deg")
    return f"{degree}√({_inner(element, 'e')})"


def _delimited(element: "_Element") -> str:
    left, right = _sign(element, "dPr", "begChr", "("), _sign(element, "dPr", "endChr", ")")
    between = _sign(element, "dPr", "sepChr", "|")
    return left + between.join(formula_text(child) for child in element.findall(M + "e")) + right


def _big_operator(element: "_Element") -> str:
    low, high = _inner(element, "sub"), _inner(element, "sup")
    sign = _sign(element, "naryPr", "chr", "∫")
    return sign + (f"_({low})" if low else "") + (f"^({high})" if high else "") + f" {_inner(element, 'e')}"


def _function(element: "_Element") -> str:
    return f"{_inner(element, 'fName')} {_grouped(_inner(element, 'e'))}"


def _matrix(element: "_Element") -> str:
    rows = (
        ", ".join(formula_text(cell) for cell in row.findall(M + "e")) for row in element.findall(M + "mr")
    )
    return "[" + "; ".join(rows) + "]"


def _stacked(element: "_Element") -> str:
    return "; ".join(formula_text(child) for child in element.findall(M + "e"))


def _accent(element: "_Element") -> str:
    return _inner(element, "e") + _sign(element, "accPr", "chr", "\u0302")


WRITERS = {
    "f": _fraction,
    "sSup": _scripts,
    "sSub": _scripts,
    "sSubSup": _scripts,
    "rad": _root,
    "d": _delimited,
    "nary": _big_operator,
    "func": _function,
    "m": _matrix,
    "eqArr": _stacked,
    "acc": _accent,
}
