"""Which PINs are too easy to guess. Pure: digits and what is known of a person in, a message id out."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise, permutations

from lms.core.messages import N_

LENGTH = 6
FEWEST_DIFFERENT = 3
SHORTEST_NAME = 4
"""Fewer digits of a code or number say nothing: many a PIN holds them by chance."""

NOT_SIX = N_("Mã PIN gồm đúng 6 chữ số.")
EVEN = N_("Dãy số này đều đặn (số giống nhau, tăng dần hoặc giảm dần) nên dễ bị đoán. Hãy chọn 6 số khác.")
REPEATED = N_("Dãy số này lặp lại nên dễ bị đoán. Hãy chọn 6 số khác.")
ABOUT_BIRTH = N_("Dãy số này lấy từ ngày sinh hoặc năm sinh nên dễ bị đoán. Hãy chọn 6 số khác.")
ABOUT_NAMES = N_("Dãy số này lấy từ mã học viên hoặc số điện thoại nên dễ bị đoán. Hãy chọn 6 số khác.")
COMMON = N_("Dãy số này nhiều người hay dùng nên dễ bị đoán. Hãy chọn 6 số khác.")

_COMMON = frozenset(
    # Keys side by side or in a figure, numbers of love and luck, and the great days of the country.
    """
    147258 258369 369258 147369 159357 357159 159753 357951 741852 852963 963852 789456 456123 123789 147852
    321654 456789 258456 852456 753159 951357 142536 102030 010203 100200 123654 654123 135246 246135 123987 789123
    520131 520520 131452 201314 696969 686979 687968 797968 838668 688668 866886 168168 179179 386386 393979 797939
    300475 020945 190590 030230 070554 221244 190845 261231 020976 180450 200146 190599 310876 061146
    """.split()  # noqa: SIM905  (a table is read more easily)
)


def typed_pin(typed: str) -> str:
    """What was typed, without the spaces that people put between digits; digits of every keyboard are the same."""
    return "".join(unicodedata.normalize("NFKC", typed).split())


def is_pin(text: str) -> bool:
    """Whether the text has the shape of a PIN: six digits."""
    return re.fullmatch(r"[0-9]{6}", text) is not None


def weakness(pin: str, *, born: str = "", names: Iterable[str] = ()) -> str | None:
    """Why the PIN may not be used, as a message id; None when it may.

    ``born`` as it is stored (``22/11/1979``, ``11/1979``, ``1979``); ``names`` are codes, phone numbers, addresses.
    """
    if not is_pin(pin):
        return NOT_SIX
    if _is_even(pin):
        return EVEN
    if _is_repeated(pin):
        return REPEATED
    if any(part in pin for part in _birth_parts(born)):
        return ABOUT_BIRTH
    if any(_is_taken_from(pin, name) for name in names):
        return ABOUT_NAMES
    return COMMON if pin in _COMMON else None


def _is_even(pin: str) -> bool:
    """Each digit follows by the same step, nine before nought: 111111, 345678, 890123, 975319."""
    return len({(int(second) - int(first)) % 10 for first, second in pairwise(pin)}) == 1


def _is_repeated(pin: str) -> bool:
    """One or two digits in all, a pair or triple again and again, doubled or mirrored digits."""
    return (
        len(set(pin)) < FEWEST_DIFFERENT
        or pin[:2] * 3 == pin
        or pin[:3] * 2 == pin
        or pin[::2] == pin[1::2]
        or pin == pin[::-1]
    )


def _birth_parts(born: str) -> Iterator[str]:
    """What gives a birth date away inside of six digits: the year, day and month, or all three."""
    numbers = re.findall(r"[0-9]+", born)
    years = [number for number in numbers if len(number) == len("1979")]
    days = [number.zfill(2) for number in numbers if len(number) < len("1979")]
    yield from years
    short = [year[-2:] for year in years]
    if len(days) > 1:
        yield from ("".join(two) for two in permutations(days))
    for year in short:
        for order in permutations([*days, year]):
            if len(text := "".join(order)) == LENGTH:
                yield text
    yield from ("".join(two) for day in days for year in years for two in permutations([day, year]))


def _is_taken_from(pin: str, name: str) -> bool:
    digits = re.sub(r"[^0-9]", "", name.partition("@")[0])
    return len(digits) >= SHORTEST_NAME and (pin in digits or digits in pin)
