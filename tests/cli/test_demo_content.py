"""The demo centre's data: complete, consistent, and refused when it is not."""

import re
import shutil
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from lms.cli.demo.content import DATA, LEVELS, SAMPLE_IMPORT, load
from lms.cli.demo.records import Content, Learner, Question, Staff
from lms.cli.demo.tables import ContentError


@pytest.fixture(scope="module")
def content() -> Content:
    return load()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def single_choice(content: Content) -> list[Question]:
    return [question for question in content.questions if question.kind == "single_choice"]


def test_centre_is_as_large_as_promised(content: Content) -> None:
    assert len(content.units) == 12
    assert {unit.kind for unit in content.units} == {"party_org", "mass_org", "agency"}
    assert len(content.learners) == 60
    assert len(content.programmes) == 3
    assert all(len(programme.modules) >= 5 for programme in content.programmes)
    assert {unit.code for unit in content.units} == {learner.unit for learner in content.learners}


def test_every_role_has_somebody(content: Content) -> None:
    roles = Counter(person.role for person in content.staff)
    assert roles == {"leader": 2, "lecturer": 2, "staff": 1, "admin": 1, "overseer": 1, "unit": 2}
    assert all((person.unit is not None) == (person.role == "unit") for person in content.staff)


def test_people_show_what_real_lists_show(content: Content) -> None:
    births = [learner.born for learner in content.learners]
    assert sum(born.isdigit() for born in births) >= 10
    assert sum(born.endswith("/2009") for born in births) == 5
    phones = Counter(learner.phone for learner in content.learners)
    assert sorted(phones.values()) == [1] * 58 + [2]
    assert all(re.fullmatch(r"09000000\d\d", phone) for phone in phones)
    people: tuple[Staff | Learner, ...] = (*content.staff, *content.learners)
    emails = [person.email for person in people if person.email]
    assert len(emails) >= 20
    assert all(email.endswith("@example.vn") for email in emails)
    names = Counter(learner.name for learner in content.learners)
    assert names.most_common(1)[0][1] == 2, "two learners share a name and differ by birth date"


def test_bank_is_large_enough_and_half_of_it_is_practice(content: Content) -> None:
    aspects = Counter(question.aspect for question in content.questions)
    assert aspects.total() >= 120
    assert aspects["practice"] * 2 >= aspects.total()
    kinds = Counter(question.kind for question in content.questions)
    assert kinds["single_choice"] >= 60
    assert kinds["multiple_response"] >= 6
    assert kinds["true_false"] >= 6
    assert len(content.topics) >= 6


def test_every_topic_fills_a_blueprint_with_room_to_draw(content: Content) -> None:
    cells = Counter((question.topic, question.level, question.aspect) for question in content.questions)
    for topic in content.topics:
        assert cells[topic.code, "nhan_biet", "theory"] >= 4
        assert cells[topic.code, "thong_hieu", "theory"] >= 3
        assert cells[topic.code, "van_dung", "practice"] >= 3
        assert cells[topic.code, "van_dung_cao", "practice"] >= 2
    assert {question.level for question in content.questions} == set(LEVELS)


def test_most_practice_questions_name_the_theory_they_apply(content: Content) -> None:
    practice = [question for question in content.questions if question.aspect == "practice"]
    assert sum(question.applies is not None for question in practice) * 2 >= len(practice)


def test_single_choice_has_four_options_and_an_even_key(content: Content) -> None:
    questions = single_choice(content)
    assert {len(question.options) for question in questions} == {4}
    letters = Counter(question.key[0] for question in questions)
    for letter in "ABCD":
        assert 0.2 <= letters[letter] / letters.total() <= 0.3


def test_key_does_not_stand_out_by_its_length(content: Content) -> None:
    longest = 0
    for question in single_choice(content):
        lengths = [len(option) for option in question.options]
        right = lengths.pop("ABCD".index(question.key[0]))
        assert right <= 1.5 * max(lengths), question.id
        longest += right > max(lengths)
    assert longest <= 0.4 * len(single_choice(content))


def test_all_of_the_above_is_rare_and_last(content: Content) -> None:
    found = [
        (question.id, position)
        for question in content.questions
        for position, option in enumerate(question.options)
        if option.startswith(("Cả A", "Tất cả"))
    ]
    assert len(found) <= 2
    assert all(position == 3 for _, position in found)


def test_every_document_is_cited(content: Content) -> None:
    assert {question.source for question in content.questions} == {item.id for item in content.documents}


def test_stems_differ(content: Content) -> None:
    assert len({question.stem.casefold() for question in content.questions}) == len(content.questions)


def test_everything_on_disk_is_nfc() -> None:
    for path in DATA.iterdir():
        text = path.read_text(encoding="utf-8")
        assert text == unicodedata.normalize("NFC", text), path.name


def test_sample_import_leaves_two_questions_in_doubt() -> None:
    text = SAMPLE_IMPORT.read_text(encoding="utf-8")
    blocks = re.split(r"^Câu \d+: ", text, flags=re.MULTILINE)[1:]
    keys = [re.findall(r"^Đáp án: ([A-D])$", block, flags=re.MULTILINE) for block in blocks]
    assert len(blocks) == 12
    assert sum(len(key) != 1 for key in keys) == 2
    assert all(re.findall(r"^([A-D])\. ", block, flags=re.MULTILINE) == list("ABCD") for block in blocks)


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("questions_chi_bo.toml", 'id = "cb-t02"', 'id = "cb-t01"', "cb-t01 stands twice"),
        ("questions_chi_bo.toml", 'source = "dieu-le-2011"', 'source = "dieu-le-2031"', "dieu-le-2031"),
        ("questions_chi_bo.toml", 'applies = "cb-t07"', 'applies = "cb-p02"', "no theory question"),
        ("questions_chi_bo.toml", 'key = ["', 'key = ["F", "', "key"),
        ("questions_chi_bo.toml", 'level = "nhan_biet"', 'level = "nhan biet"', "level is 'nhan biet'"),
        ("questions_chi_bo.toml", "explanation", "reason", "explanation is missing"),
        ("questions_chi_bo.toml", "place = ", 'colour = "red"\nplace = ', "unknown fields colour"),
        ("questions_chi_bo.toml", "Ba đảng viên", unicodedata.normalize("NFD", "Ba đảng viên"), "NFC"),
        ("questions_chi_bo.toml", "[topic]", "[topic", "questions_chi_bo.toml"),
        ("people.toml", 'unit = "DU-PL"', 'unit = "DU-XX"', "DU-XX"),
        ("people.toml", 'born = "14/02/1998"', 'born = "30/02/1998"', "30/02/1998"),
        ("people.toml", 'code = "HV26002"', 'code = "HV26001"', "HV26001 stands twice"),
        ("programmes.toml", 'topics = ["chi_bo"]', 'topics = ["chi_hoi"]', "chi_hoi"),
        ("programmes.toml", 'after = ["NT"]', 'after = ["XX"]', "XX"),
        ("programmes.toml", "periods = 5", "periods = 0", "periods"),
        ("centre.toml", 'kind = "agency"', 'kind = "shop"', "shop"),
    ],
)
def test_a_fault_is_refused_with_its_place(folder: Path, file: str, old: str, new: str, message: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError, match=re.escape(message)):
        load(folder)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "people.toml").unlink()
    with pytest.raises(ContentError, match=re.escape("people.toml")):
        load(folder)
