"""The papers of a session as PDF."""

from flask import Response
from flask.typing import ResponseReturnValue

from lms.quizzes.exams import sheets
from lms.quizzes.exams.models import ExamSession
from lms.quizzes.exams.views.blueprint import READ, blueprint, read_exam
from lms.web.answers import pdf_answer


def _pdf(exam: ExamSession, made: bytes, name: str) -> Response:
    return pdf_answer(made, f"{name}-{exam.public_id}")


@blueprint.route("/exams/<exam_key>/door-list.pdf", access=READ)
def door_list(exam_key: str) -> ResponseReturnValue:
    """The door list, a room a page."""
    exam = read_exam(exam_key)
    return _pdf(exam, sheets.door_list_pdf(exam), "danh-sach-cua-phong")


@blueprint.route("/exams/<exam_key>/posted-list.pdf", access=READ)
def posted_list(exam_key: str) -> ResponseReturnValue:
    """The list to post on the door."""
    exam = read_exam(exam_key)
    return _pdf(exam, sheets.posted_list_pdf(exam), "danh-sach-niem-yet")


@blueprint.route("/exams/<exam_key>/signatures.pdf", access=READ)
def signature_sheet(exam_key: str) -> ResponseReturnValue:
    """The signature sheet, a room a page."""
    exam = read_exam(exam_key)
    return _pdf(exam, sheets.signature_sheet_pdf(exam), "danh-sach-ky-nop-bai")


@blueprint.route("/exams/<exam_key>/seat-labels.pdf", access=READ)
def seat_labels(exam_key: str) -> ResponseReturnValue:
    """Labels to put on the tables."""
    exam = read_exam(exam_key)
    return _pdf(exam, sheets.seat_labels_pdf(exam), "nhan-cho-ngoi")


@blueprint.route("/exams/<exam_key>/minutes.pdf", access=READ)
def print_minutes(exam_key: str) -> ResponseReturnValue:
    """The minutes to sign."""
    exam = read_exam(exam_key)
    return _pdf(exam, sheets.minutes_pdf(exam), "bien-ban-coi-thi")
