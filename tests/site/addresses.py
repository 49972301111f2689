"""Every address of the site: which rows its ids name, what the right person sends, and who that is.

A new route needs a row here or, with the ids it needs, in its room's file in ``rooms/``. ``"@bank"`` in posted data stands for
the id of that name, see ``fullworld``.
"""

from tests.site.fullworld import OTHER
from tests.site.rooms import room_files
from tests.site.rows import Endpoint, Row

LEARNER, LECTURER, STAFF, LEADER, ADMIN = "learner", "lecturer", "staff", "leader", "admin"
LEARNERS = (LEARNER, OTHER)

PLAIN = {
    ("home.index", "GET"): Row(),
    ("home.learn", "GET"): Row(),
    ("health.healthz", "GET"): Row(),
    ("health.readyz", "GET"): Row(),
    ("access.sign_in", "GET"): Row(),
    ("access.try_sign_in", "POST"): Row(data={"name": "nobody", "password": "x"}, status=(422,)),
    ("access.sign_out", "POST"): Row(),
    ("access.set_language", "POST"): Row(data={"locale": "en", "next": "/"}),
    ("access.my_account", "GET"): Row(),
    ("access.change_password", "GET"): Row(),
    ("access.save_password", "POST"): Row(status=(422,)),
    ("access.end_browser", "POST"): Row({"key": "browser.learner"}, (LEARNER,)),
    ("access.end_other_browsers", "POST"): Row(),
    ("jobs.progress", "GET"): Row({"public_id": "job"}, (LECTURER,)),
}

PERSON = {"key": "account.other"}
PERSON_DATA = {"full_name": "Tên Mới", "unit": "@unit", "role": "learner", "code": "moi-1"}
UNIT = {"key": "unit"}
AUTH = {
    ("accounts.index", "GET"): Row(),
    ("accounts.new", "GET"): Row(),
    ("accounts.create", "POST"): Row(data=PERSON_DATA),
    ("accounts.show", "GET"): Row(PERSON),
    ("accounts.edit", "GET"): Row(PERSON),
    ("accounts.save", "POST"): Row(PERSON, data=PERSON_DATA),
    ("accounts.suspend", "POST"): Row(PERSON, data={"reason-reason": "Nghỉ"}),
    ("accounts.resume", "POST"): Row(PERSON, data={"reason-reason": "Trở lại"}, status=(409,)),
    ("accounts.slip", "POST"): Row(PERSON),
    ("accounts.slips", "POST"): Row(data={"keys": "@account.other"}),
    ("accounts.grant", "POST"): Row(PERSON, data={"role-role": "lecturer", "role-over": "@centre"}),
    ("accounts.revoke", "POST"): Row(PERSON, data={"role-role": "learner", "role-over": "@unit"}),
    ("units.index", "GET"): Row(),
    ("units.show", "GET"): Row(UNIT),
    ("units.new", "GET"): Row(UNIT),
    ("units.add", "POST"): Row(UNIT, data={"name": "Chi bộ mới", "kind": "party_org"}),
    ("units.rename", "POST"): Row(UNIT, data={"name": "Đảng bộ đổi tên", "since": "2026-11-01"}),
    ("units.set_up", "POST"): Row({"key": "centre"}, (ADMIN,), data={"centre-superior": "Tỉnh ủy"}),
}

CLASS = {"key": "class"}
CLASS_DATA = {
    "title": "Lớp mới",
    "code": "LM-1",
    "new_programme": "Chương trình mới",
    "starts_on": "2026-12-01",
    "ends_on": "2026-12-05",
}
CLASSES = {
    ("classes.index", "GET"): Row(),
    ("classes.new", "GET"): Row(),
    ("classes.create", "POST"): Row(data=CLASS_DATA),
    ("classes.show", "GET"): Row(CLASS),
    ("classes.edit", "GET"): Row(CLASS),
    ("classes.save", "POST"): Row(CLASS, data=CLASS_DATA),
    ("classes.enrol", "POST"): Row(CLASS, data={"paste-codes": "khong-co"}, status=(422,)),
    ("classes.enrol_unit", "POST"): Row(CLASS, data={"sent-unit": "@unit"}),
    ("classes.withdraw", "POST"): Row({**CLASS, "account_key": "account.other"}),
}

BANK = {"key": "bank"}


def _question(state: str) -> dict[str, str | int]:
    return {"key": "bank", "question_key": f"question.{state}"}


DRAFT = {"batch_key": "batch.draft"}
BANKS = {
    ("bank.index", "GET"): Row(),
    ("bank.create", "POST"): Row(data={"title": "Ngân hàng mới", "unit": "@centre"}),
    ("bank.show", "GET"): Row(BANK),
    ("bank.counts", "GET"): Row(BANK),
    ("bank.export_questions", "GET"): Row(BANK),
    ("bank.bulk", "POST"): Row(BANK, (LECTURER,), {"keys": "@question.draft", "do": "submit"}),
    ("bank.topics", "GET"): Row(BANK),
    ("bank.add_topic", "POST"): Row(BANK, data={"title": "Chủ đề mới"}),
    ("bank.change_topic", "POST"): Row({**BANK, "topic": "topic.second"}, data={"do": "up"}),
    ("bank.question", "GET"): Row(_question("draft")),
    ("bank.new_question", "GET"): Row(BANK),
    ("bank.new_question", "POST"): Row(BANK, data={"do": "row"}),
    ("bank.edit_question", "GET"): Row(_question("draft")),
    ("bank.edit_question", "POST"): Row(_question("draft"), data={"do": "row"}),
    ("bank.submit", "POST"): Row(_question("draft")),
    ("bank.approve", "POST"): Row(_question("in_review"), data={"version": "1"}),
    ("bank.send_back", "POST"): Row(_question("in_review"), data={"version": "1", "reason": "Sai"}),
    ("bank.retire", "POST"): Row(_question("approved"), data={"reason": "Cũ"}),
    ("delivery.picture", "GET"): Row({"file_id": "file"}, (LECTURER, STAFF, LEADER, "overseer")),
    ("bank.import_file", "GET"): Row(BANK),
    ("bank.upload", "POST"): Row(BANK, file=True),
    ("bank.preview", "GET"): Row(DRAFT),
    ("bank.progress", "GET"): Row({"batch_key": "batch.reading"}),
    ("bank.mend", "POST"): Row({**DRAFT, "item_key": "item.draft"}, data={"do": "skip"}),
    ("bank.fill", "POST"): Row(DRAFT, data={"fill-topic": "@topic"}),
    ("bank.take_topics", "POST"): Row(DRAFT),
    ("bank.bring_in", "POST"): Row(DRAFT),
    ("bank.discard", "POST"): Row(DRAFT),
    ("bank.approve_import_page", "GET"): Row({"batch_key": "batch.imported"}),
    ("bank.approve_import", "POST"): Row({"batch_key": "batch.imported"}),
}


def _paper(name: str) -> dict[str, str | int]:
    return {"key": f"assessment.{name}"}


PAPERS = {
    ("papers.index", "GET"): Row(),
    ("papers.new", "GET"): Row(),
    ("papers.create", "POST"): Row(status=(422,)),
    ("papers.show", "GET"): Row(_paper("draft")),
    ("papers.preview", "GET"): Row(_paper("draft")),
    ("papers.print_preview", "GET"): Row(_paper("open")),
    ("papers.edit", "GET"): Row(_paper("draft")),
    ("papers.save", "POST"): Row(_paper("draft"), status=(422,)),
    ("papers.edit_blueprint", "GET"): Row(_paper("draft")),
    ("papers.save_blueprint", "POST"): Row(_paper("draft"), data={"revision": "1"}, status=(422,)),
    ("papers.quick_blueprint", "POST"): Row(
        _paper("draft"), data={"revision": "1", "questions": "2", "topics": "@topic"}
    ),
    ("papers.duplicate", "POST"): Row(_paper("open")),
    ("papers.delete", "POST"): Row(_paper("draft")),
    ("papers.submit", "POST"): Row(_paper("draft"), data={"revision": "1"}),
    ("papers.send_back", "POST"): Row(_paper("submitted"), data={"reason": "Chưa đủ"}),
    ("papers.release", "POST"): Row(_paper("submitted"), (LEADER,), {"revision": "1"}),
    ("papers.withdraw", "POST"): Row(_paper("ready"), (LEADER,)),
    ("papers.archive", "POST"): Row(_paper("over"), (LEADER,)),
}

OPEN = {"attempt_id": "attempt.open"}
READY = {"assessment_id": "assessment.ready"}
SEAT = {"assessment_id": "assessment.open", "account_id": "account.learner"}
SAVE = {
    "slot": 2,
    "revision": 1,
    "base": 0,
    "key": "site-key",
    "client": "tab",
    "answer": None,
    "flagged": True,
}
DELIVERY = {
    ("delivery.assessment", "GET"): Row(READY, LEARNERS),
    ("delivery.start", "POST"): Row(READY, LEARNERS),
    ("delivery.paper", "GET"): Row(OPEN, (LEARNER,)),
    ("delivery.save", "POST"): Row(OPEN, (LEARNER,), SAVE, json=True),
    ("delivery.heartbeat", "POST"): Row(OPEN, (LEARNER,), json=True),
    ("delivery.ask_to_finish", "GET"): Row(OPEN, (LEARNER,)),
    ("delivery.finish", "POST"): Row(OPEN, (LEARNER,), {"confirmed": "1"}),
    ("delivery.sessions", "GET"): Row(),
    ("delivery.monitor", "GET"): Row({"assessment_id": "assessment.open"}),
    ("delivery.seat_page", "GET"): Row(SEAT),
    ("delivery.extra_time", "POST"): Row(
        SEAT, data={"account": "@account.learner", "minutes": "5", "reason": "Mất điện"}
    ),
    ("delivery.close_attempt", "POST"): Row(SEAT, data={"close_reason": "Hỏng máy"}),
    ("delivery.window", "GET"): Row(READY, (STAFF, LEADER)),
    ("delivery.move_window", "POST"): Row(
        READY, (STAFF, LEADER), {"closes_at": "2027-01-01T17:00"}, status=(422,)
    ),
    ("practice.question", "GET"): Row({"attempt_id": "attempt.practice", "slot": 1}, (LEARNER,)),
    ("practice.answer", "POST"): Row(
        {"attempt_id": "attempt.practice", "slot": 2}, (LEARNER,), status=(422,)
    ),
    ("practice.finish", "POST"): Row({"attempt_id": "attempt.practice"}, (LEARNER,)),
    ("practice.summary", "GET"): Row({"attempt_id": "attempt.drilled"}, (LEARNER,)),
}

OVER = {"assessment_id": "assessment.over"}
PUBLISHED = {"assessment_id": "assessment.own_answers"}
RESULTS = {
    ("gradebook.index", "GET"): Row(),
    ("gradebook.results", "GET"): Row(OVER),
    ("gradebook.publish_results", "POST"): Row(OVER),
    ("gradebook.withdraw", "POST"): Row(PUBLISHED, data={"reason": "Chấm nhầm"}),
    ("gradebook.export_results", "GET"): Row(OVER, noted=True),
    ("gradebook.print_results", "GET"): Row(OVER, noted=True),
    ("gradebook.withdraw_page", "GET"): Row(PUBLISHED),
    ("gradebook.attempt", "GET"): Row({**OVER, "attempt_id": "attempt.over"}, noted=True),
    ("analysis.questions", "GET"): Row(OVER),
    ("analysis.export_questions", "GET"): Row(OVER),
    ("gradebook.my_result", "GET"): Row({"attempt_id": "attempt.own_answers"}, (LEARNER,)),
}

ROWS: dict[Endpoint, Row] = {**PLAIN, **AUTH, **CLASSES, **BANKS, **PAPERS, **DELIVERY, **RESULTS}
for room in room_files():
    ROWS |= room.ROWS
