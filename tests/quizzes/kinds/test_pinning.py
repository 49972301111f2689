import unicodedata

import pytest

from lms.quizzes.kinds.pinning import is_pinned_text, refers_to_letters

LETTERS = [
    "Cả A, B, C", "A và B đúng", "A và B đều đúng", "Cả A và B", "Both A and B", "Cả a, b và c đều đúng.",
    "Câu A và C đúng", "Đáp án A và B", "A, B, C đều sai", "Chỉ A và B", "Cả A, B và C đều là nhiệm vụ của Đảng",
    "A and C only", "Cả (A), (B) và (C)", "Cả A & B", "Cả ba phương án A, B, C", "Neither A nor B", "Chỉ có A đúng",
]  # fmt: skip
PLACES = [
    "Tất cả các đáp án trên", "Tất cả các đáp án trên đều đúng", "Tất cả các đáp án đều đúng", "Không có đáp án nào",
    "All of the above", "None of these", "None of the above", "Cả ba đáp án trên", "Cả 3 ý trên đều đúng",
    "Các phương án trên đều sai", "Không có phương án nào đúng", "Không đáp án nào đúng", "Tất cả đều đúng",
    "Cả hai đều sai", "Tất cả các câu trên đều sai", "TẤT CẢ PHƯƠNG ÁN TRÊN.", "Đáp án khác", "Cả 4 phương án trên",
    unicodedata.normalize("NFD", "Tất cả các ý trên"), "Tất cả",
]  # fmt: skip
FREE = [
    "Cả nước", "Cả năm", "Tất cả các đảng viên", "C. Mác", "Vitamin A và C", "Không có quyền biểu quyết", "A",
    "Toàn bộ nhân dân", "Không", "Năm 1930", "Các dân tộc trên thế giới", "Tất cả các ngày trong tuần",
    "Anh A và chị B", "Ý chí", "Điều 4", "All citizens", "", "Tất cả các đáp án trên " * 20,
]  # fmt: skip


@pytest.mark.parametrize("text", LETTERS)
def test_letters_are_noticed(text: str) -> None:
    assert refers_to_letters(text)
    assert is_pinned_text(text)


@pytest.mark.parametrize("text", PLACES)
def test_speaking_of_all_or_none_pins(text: str) -> None:
    assert is_pinned_text(text)
    assert not refers_to_letters(text)


@pytest.mark.parametrize("text", FREE)
def test_ordinary_options_move(text: str) -> None:
    assert not is_pinned_text(text)
