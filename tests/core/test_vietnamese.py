import unicodedata
from decimal import Decimal

import pytest

from lms.core import vietnamese


def test_people_are_sorted_as_a_class_list_is() -> None:
    expected = [
        "Phạm Thị An",
        "Trần An",
        "Vũ Án",
        "Đỗ Văn Ăn",
        "Lê Ân",
        "Phạm Bình",
        "Hồ Dũng",
        "Cao Văn Đức",
        "Đinh Văn Đức",
        "Nguyễn Thị Đức",
        "Nguyễn Văn Đức",
    ]
    assert sorted(set(expected), key=vietnamese.sort_key) == expected


def test_numbers_in_texts_count_by_value() -> None:
    topics = ["Bài 1", "Bài 2", "Bài 10", "Bài 10a", "Bài mở đầu"]
    assert sorted(set(topics), key=vietnamese.text_sort_key) == topics


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Nguyễn  Văn Đức", "nguyen van duc"),
        ("ĐẶNG THỊ ƯỚC", "dang thi uoc"),
        (unicodedata.normalize("NFD", "Lê Quý Đôn"), "le quy don"),
        ("\u200bY\u00a0Ngông ", "y ngong"),
    ],
)
def test_search_key(name: str, found: str) -> None:
    assert vietnamese.search_key(name) == found


def test_clean_name_takes_out_what_cannot_be_seen() -> None:
    assert vietnamese.clean_name(" Lê\t\u202eVăn\x00 \ufeffB\n") == "Lê Văn B"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("8.3", "Tám phẩy ba"), ("10", "Mười"), ("0.5", "Không phẩy năm"), ("7.25", "Bảy phẩy hai mươi lăm"),
        ("0", "Không"), ("8.05", "Tám phẩy không năm"), ("8.50", "Tám phẩy năm"), ("10.00", "Mười"),
        ("5.15", "Năm phẩy mười lăm"), ("9.75", "Chín phẩy bảy mươi lăm"), ("6.21", "Sáu phẩy hai mươi mốt"),
        ("15", "Mười lăm"), ("24", "Hai mươi tư"), ("31", "Ba mươi mốt"), ("105", "Một trăm linh năm"),
        ("110", "Một trăm mười"), ("1005", "Một nghìn không trăm linh năm"), ("-2.5", "Âm hai phẩy năm"),
        ("16212", "Mười sáu nghìn hai trăm mười hai"), ("1E+1", "Mười"), ("3.125", "Ba phẩy một hai năm"),
        ("1000000", "Một triệu"), ("1000001234", "Một tỷ không trăm linh một nghìn hai trăm ba mươi tư"),
    ],
)  # fmt: skip
def test_numbers_in_words(number: str, words: str) -> None:
    assert vietnamese.number_words(Decimal(number)) == words


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1000000000000", "1E+400"])
def test_no_words_for_what_is_no_number_or_too_large(number: str) -> None:
    with pytest.raises(ValueError, match="no words"):
        vietnamese.number_words(Decimal(number))


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Lớp bồi dưỡng đảng viên mới, khóa 5", "bồi dưỡng đảng viên mới, khóa 5"),
        ("LỚP A", "A"),
        ("Bồi dưỡng nghiệp vụ", "Bồi dưỡng nghiệp vụ"),
        ("Lớp", "Lớp"),
        ("", ""),
    ],
)
def test_a_class_is_called_a_class_once(title: str, said: str) -> None:
    assert vietnamese.after_class(title) == said
