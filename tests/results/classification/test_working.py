"""The working of a result as people read it."""

from fractions import Fraction

import pytest

from lms.results.classification.compute import Attendance, SourceMark, result
from lms.results.classification.regulation import ELEMENTARY, SHORT_COURSE
from lms.results.classification.words import aspects, points, working

MARKS = {
    "conduct": [SourceMark("Giáo vụ nhập", 900)],
    "essay": [SourceMark("Bài thu hoạch", 750, 800, 700)],
    "final": [SourceMark("Bài thi", 830, 900, 760)],
}


def lines(path: dict[str, object]) -> dict[str, str]:
    said = {str(step.title): " ".join([step.figure, *map(str, step.how)]) for step in working(path)}
    return {title.replace("\u00a0", " "): text.replace("\u00a0", " ") for title, text in said.items()}


def test_every_step_from_the_marks_to_the_class_is_said() -> None:
    said = lines(result(SHORT_COURSE, MARKS, Attendance(40, 40, 4)).path)
    assert said["Chuyên cần"] == "0,9 Có mặt 36 trên 40 tiết đã điểm danh: 36 ÷ 40 × 10 = 9 9 × 10 % = 0,9"
    assert said["Kiểm tra cuối khóa"] == "4,98 Bài thi: 8,3 điểm 8,3 × 60 % = 4,98"
    assert "0,9 + 0,9 + 1,5 + 4,98 = 8,28" in said["Điểm tổng kết"]
    assert said["Điểm tổng kết"].startswith("8,3 ")
    assert said["Điều kiện: vắng không quá 20 % số tiết"] == "✓ Vắng 4 trên 40 tiết (10,00 %)."
    assert said["Xếp loại"] == "Giỏi Điểm 8,3, từ 8 điểm trở lên."


def test_theory_and_practice_have_their_working() -> None:
    theory, practice = aspects(result(SHORT_COURSE, MARKS, Attendance(40, 40, 4)).path)
    assert theory.figure == "8,8"
    assert "Bài thu hoạch 8 × 20\u00a0% + Kiểm tra cuối khóa 9 × 60\u00a0%) ÷ 80\u00a0% = 8,75" in str(
        theory.how[0]
    )
    assert practice.figure == "7,5"


def test_what_is_missing_or_unmet_is_named() -> None:
    said = lines(
        result(ELEMENTARY, {"module_tests": [SourceMark("Bài 1", None)]}, Attendance(40, 40, 10)).path
    )
    assert "Bài 1" in said["Kiểm tra thường xuyên"]
    assert "Bài thu hoạch; Thi tốt nghiệp" in said["Điểm tổng kết"]
    assert said["Điều kiện: vắng không quá 20 % số tiết"].startswith("✗ Vắng 10 trên 40")
    assert said["Xếp loại"].startswith("Chưa đủ điều kiện")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(25, 3), "≈ 8,3333"),
        (Fraction(83, 10), "8,3"),
        (Fraction(1, 16), "0,0625"),
        (Fraction(9), "9"),
    ],
)
def test_what_does_not_end_is_marked(value: Fraction, text: str) -> None:
    assert points(value) == text


def test_no_path_no_steps() -> None:
    assert working({}) == []
    assert aspects({}) == []
