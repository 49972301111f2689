"""A roster's way into a class: uploaded, read, settled, taken in; nothing half done."""

import io
from collections.abc import Sequence
from datetime import date, timedelta

import openpyxl
import pytest
import sqlalchemy as sa
from flask import Flask

from lms.audit.queries import trail
from lms.auth.accounts.models import Account, NameKind, SignInName
from lms.auth.units.models import Unit
from lms.core import clock
from lms.core.actor import Role
from lms.core.db import UnitOfWork, db
from lms.core.stored_file import StoredFile
from lms.courses.catalogue.models import Prerequisite, Programme
from lms.courses.classes.models import ClassQuota, CourseClass, Enrolment
from lms.courses.nominations.models import ListState, MatchKind, NominationList, NominationRow, UnitEvidence
from lms.courses.nominations.operations import forget_abandoned
from lms.jobs.runner import run_pending
from lms.notices.models import Notice
from tests.counting import counted
from tests.visitor import Visitor
from tests.world import World

HEAD = ("STT", "Họ và tên", "Ngày sinh", "Chức vụ", "Đơn vị")


def roster(*rows: Sequence[object], head: Sequence[object] = HEAD) -> tuple[io.BytesIO, str]:
    book = openpyxl.Workbook()
    for row in (head, *rows):
        book.active.append(list(row))
    data = io.BytesIO()
    book.save(data)
    data.seek(0)
    return data, "danh-sach.xlsx"


class Story:
    """A centre with two units, a class, and the staff who takes lists in."""

    def __init__(self, app: Flask, world: World) -> None:
        self.app, self.world = app, world
        self.centre = world.centre()
        self.tan_phu = world.unit("Đảng bộ xã Tân Phú", self.centre)
        self.binh_an = world.unit("Đảng bộ phường Bình An", self.centre)
        self.course_class = world.course_class(self.centre)
        self.staff = Visitor(app).sign_in_as(world.person(Role.STAFF, self.centre))

    def upload(self, *rows: Sequence[object], **options: Sequence[object]) -> NominationList:
        url = f"/classes/{self.course_class.public_id}/nominations"
        sent = {"csrf_token": self.staff.csrf, "file": roster(*rows, **options)}
        answer = self.staff.send("POST", url, data=sent, content_type="multipart/form-data")
        assert answer.status_code == 303, answer.text[:500]
        self.staff.get(answer.headers["Location"])
        run_pending(self.app, duties=False)
        db.session.expire_all()
        key = answer.headers["Location"].rsplit("/", 1)[1]
        return db.session.scalars(sa.select(NominationList).where(NominationList.public_id == key)).one()

    def post(self, found: NominationList, rest: str, status: int = 303, **data: str) -> str:
        url = f"/nominations/{found.public_id}{rest}"
        self.staff.post(url, data, status)
        db.session.expire_all()
        return self.staff.get(f"/nominations/{found.public_id}").text

    def decide(self, found: NominationList, row: NominationRow, verdict: str) -> None:
        self.post(found, f"/rows/{row.public_id}/decide", do=verdict)

    def take_in(self, found: NominationList) -> str:
        return self.post(found, "/take-in")

    def learners(self) -> dict[str, Enrolment]:
        rows = db.session.scalars(
            sa.select(Enrolment).where(Enrolment.class_id == self.course_class.id).join(Enrolment.account)
        )
        return {one.account.full_name: one for one in rows}

    def known(self, name: str, born: str, unit: Unit) -> Account:
        account = self.world.learner(unit, name=name)
        with UnitOfWork():
            account.born = born
        return account

    def quota(self, unit: Unit, places: int) -> None:
        with UnitOfWork():
            db.session.add(ClassQuota(class_id=self.course_class.id, unit_id=unit.id, places=places))


@pytest.fixture
def story(app: Flask, world: World) -> Story:
    return Story(app, world)


def codes(row: NominationRow) -> set[str]:
    return {one["code"] for one in row.problems}


def accounts() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(Account)) or 0


def test_new_people_get_accounts_codes_and_a_place(story: Story) -> None:
    found = story.upload(
        (1, "NGUYỄN VĂN AN", "22/11/1979", "Bí thư chi bộ", "ĐU xã Tân Phú"),
        (2, "Trần Thị Bình", 1985, "Công chức", "phường Bình An"),
    )
    assert found.state == "draft"
    assert [row.unit_evidence for row in found.rows] == [UnitEvidence.RECOGNISED, UnitEvidence.PROPOSED]
    text = story.take_in(found)
    assert "Còn 1 hàng phải xem" in text
    assert story.learners() == {}
    story.post(found, f"/rows/{found.rows[1].public_id}/place", unit=story.binh_an.public_id, everywhere="1")
    text = story.take_in(found)
    assert found.state == "taken_in"
    assert "In phiếu đăng nhập (2)" in text
    learners = story.learners()
    an = learners["Nguyễn Văn An"]
    assert (an.unit_id, an.post, an.account.born) == (story.tan_phu.id, "Bí thư chi bộ", "22/11/1979")
    year = clock.to_local(clock.now()).year % 100
    given = sorted(name.value for one in learners.values() for name in one.account.names)
    assert given == [f"hv{year:02d}001", f"hv{year:02d}002"]
    assert [one.role for one in an.account.grants] == [Role.LEARNER]
    assert "nomination.taken_in" in [event.action for event in trail("nomination_list", found.id)]
    assert "class.enrolled" in [event.action for event in trail("course_class", story.course_class.id)]
    story.staff.post(f"/nominations/{found.public_id}/take-in", status=409)


def test_the_same_person_keeps_the_account_and_the_similar_is_asked_about(story: Story) -> None:
    same = story.known("Nguyễn Văn An", "22/11/1979", story.tan_phu)
    year = story.known("Trần Thị Bình", "1985", story.tan_phu)
    moved = story.known("Lê Văn Cường", "01/02/1980", story.binh_an)
    before = accounts()
    found = story.upload(
        (1, "NGUYỄN VĂN AN", "22/11/1979", "", "Đảng bộ xã Tân Phú"),
        (2, "Trần Thị Bình", "03/04/1985", "", "Đảng bộ xã Tân Phú"),
        (3, "Lê Văn Cường", "01/02/1980", "Chủ tịch", "Đảng bộ xã Tân Phú"),
        (4, "Lê Văn Dũng", "01/02/1980", "", "Đảng bộ xã Tân Phú"),
    )
    rows = found.rows
    assert [row.match for row in rows] == [
        MatchKind.SAME, MatchKind.SIMILAR, MatchKind.SIMILAR, MatchKind.NONE,
    ]  # fmt: skip
    assert [row.account_id for row in rows] == [same.id, year.id, moved.id, None]
    assert "Còn 2 hàng phải xem" in story.take_in(found)
    story.decide(found, rows[1], "other")
    story.decide(found, rows[2], "same")
    story.take_in(found)
    assert found.state is ListState.TAKEN_IN
    assert accounts() == before + 2
    enrolled = {one.account_id: one for one in story.learners().values()}
    assert same.id in enrolled
    assert year.id not in enrolled
    assert (enrolled[moved.id].unit_id, enrolled[moved.id].post) == (story.tan_phu.id, "Chủ tịch")
    assert moved.unit_id == story.binh_an.id


def test_a_unit_is_settled_once_for_every_row_that_writes_it_so(story: Story) -> None:
    found = story.upload(
        (1, "Lê Văn Một", "1980", "", "Xí nghiệp X"),
        (2, "Lê Văn Hai", "1980", "", "xí nghiệp x"),
        (3, "Lê Văn Ba", "1980", "", "Hợp tác xã Y"),
    )
    assert {row.unit_evidence for row in found.rows} == {UnitEvidence.UNKNOWN}
    row = found.rows[0]
    story.post(
        found,
        f"/rows/{row.public_id}",
        full_name=row.full_name,
        born="1980",
        unit=story.tan_phu.public_id,
        everywhere="y",
    )
    assert [one.unit_id for one in found.rows] == [story.tan_phu.id, story.tan_phu.id, None]
    story.post(found, f"/rows/{found.rows[2].public_id}/unit", name="Hợp tác xã Y", kind="agency")
    made = db.session.scalars(sa.select(Unit).where(Unit.name == "Hợp tác xã Y")).one()
    assert (found.rows[2].unit_id, made.parent_id) == (made.id, story.centre.id)
    story.take_in(found)
    assert len(story.learners()) == 3


def test_a_quota_that_is_exceeded_takes_nobody_in(story: Story) -> None:
    story.quota(story.tan_phu, 1)
    before = accounts()
    found = story.upload(
        (1, "Lê Văn Một", "01/01/1980", "", "Đảng bộ xã Tân Phú"),
        (2, "Lê Văn Hai", "01/01/1980", "", "Đảng bộ xã Tân Phú"),
    )
    text = story.take_in(found)
    assert "Đảng bộ xã Tân Phú có 1 chỉ tiêu" in text
    assert "thừa 1 người" in text
    assert (story.learners(), accounts(), found.state) == ({}, before, ListState.DRAFT)
    page = story.staff.page(f"/nominations/{found.public_id}")
    assert page.xpath(f'//main//a[@href="/classes/{story.course_class.public_id}/quotas"]')
    rows = page.xpath("(//main//table)[1]/tbody/tr")
    assert [[" ".join(cell.text_content().split()) for cell in row] for row in rows] == [
        ["Đảng bộ xã Tân Phú", "1", "0", "2", "thừa 1"],
        ["Cả lớp", "1", "0", "2", "thừa 1"],
    ]
    story.decide(found, found.rows[1], "skip")
    story.take_in(found)
    assert list(story.learners()) == ["Lê Văn Một"]


def test_who_was_taken_in_fills_a_place_once(story: Story) -> None:
    story.quota(story.tan_phu, 1)
    found = story.upload((1, "Lê Văn Một", "01/01/1980", "", "Đảng bộ xã Tân Phú"))
    text = story.take_in(found)
    assert list(story.learners()) == ["Lê Văn Một"]
    assert "Chỉ tiêu của các đơn vị" in text
    assert "thừa" not in text
    assert "Danh sách này" not in text


def test_people_of_units_without_a_quota_count_in_the_whole_class(story: Story) -> None:
    story.quota(story.tan_phu, 1)
    found = story.upload(
        (1, "Lê Văn Một", "01/01/1980", "", "Đảng bộ phường Bình An"),
        (2, "Lê Văn Hai", "01/01/1980", "", "Đảng bộ phường Bình An"),
    )
    assert "Cả lớp có 1 chỉ tiêu" in story.take_in(found)
    assert story.learners() == {}


def test_two_rows_of_one_person_are_settled_first(story: Story) -> None:
    found = story.upload(
        (1, "Lê Văn Một", "01/01/1980", "", "Đảng bộ xã Tân Phú"),
        (2, "LÊ VĂN MỘT", "1980", "", "Đảng bộ xã Tân Phú"),
    )
    assert codes(found.rows[1]) == {"double_row"}
    assert "Còn 1 hàng phải xem" in story.take_in(found)
    story.decide(found, found.rows[1], "accept")
    story.take_in(found)
    assert sum(row.account_id is not None for row in found.rows) == 2


def test_warnings_name_the_other_class_and_what_had_to_come_before(story: Story) -> None:
    known = story.known("Lê Văn Một", "01/01/1980", story.tan_phu)
    other = story.world.course_class(story.centre)
    story.world.enrol(known, other)
    with UnitOfWork():
        first = Programme(unit_id=story.centre.id, code="NT", title="Lớp nhận thức về Đảng")
        db.session.add(first)
        db.session.flush()
        db.session.add(Prerequisite(programme_id=story.course_class.programme_id, required_id=first.id))
    found = story.upload((1, "Lê Văn Một", "01/01/1980", "", "Đảng bộ xã Tân Phú"))
    assert codes(found.rows[0]) == {"overlap", "lacks"}
    text = story.staff.get(f"/nominations/{found.public_id}").text
    assert other.title.removeprefix("Lớp ") in text
    assert "lớp Lớp" not in text
    assert "Lớp nhận thức về Đảng" in text
    story.take_in(found)
    assert list(story.learners()) == ["Lê Văn Một"]


def test_who_is_in_the_class_already_stays_and_counts_once(story: Story) -> None:
    known = story.known("Lê Văn Một", "01/01/1980", story.tan_phu)
    story.world.enrol(known, story.course_class)
    story.quota(story.tan_phu, 1)
    found = story.upload((1, "Lê Văn Một", "01/01/1980", "", "Đảng bộ xã Tân Phú"))
    assert codes(found.rows[0]) == {"in_class"}
    assert "1 người đã có trong lớp từ trước" in story.take_in(found)
    assert len(story.learners()) == 1


@pytest.mark.parametrize("head", [("Nội dung", "Số tiền", "x"), HEAD])
def test_a_file_without_names_says_so_and_leaves_the_class_alone(
    story: Story, head: Sequence[object]
) -> None:
    found = story.upload(head=head)
    assert found.state is ListState.FAILED
    text = story.staff.get(f"/nominations/{found.public_id}").text
    assert "Không đọc được tệp" in text
    assert "họ tên" in text or "tên ai" in text
    story.staff.post(f"/nominations/{found.public_id}/take-in", status=409)


def test_rows_are_added_and_corrected_by_hand(story: Story) -> None:
    url = f"/classes/{story.course_class.public_id}/nominations"
    story.staff.post(f"{url}/blank", status=303)
    found = db.session.scalars(sa.select(NominationList)).one()
    unit = story.tan_phu.public_id
    story.post(found, "/rows", full_name="phạm văn đức", born="1.2.1990", phone="912345678", unit=unit)
    answer = story.staff.post(
        f"/nominations/{found.public_id}/rows", {"full_name": "Lê Hoa", "born": "31/02/1990"}, 422
    )
    assert "Không hiểu ngày sinh" in answer.text
    (row,) = found.rows
    assert (row.full_name, row.born, row.phone) == ("Phạm Văn Đức", "01/02/1990", "0912345678")
    story.take_in(found)
    account = story.learners()["Phạm Văn Đức"].account
    assert {(name.kind, name.value) for name in account.names} >= {(NameKind.PHONE, "0912345678")}
    story.staff.post(f"/nominations/{found.public_id}/rows", {"full_name": "Lê Hoa"}, 409)


def test_a_phone_that_five_share_is_left_out(story: Story) -> None:
    found = story.upload(
        *((n, f"Lê Văn {word}", f"0{n}/01/1980", "912345678", "Đảng bộ xã Tân Phú") for n, word in
          enumerate(("Một", "Hai", "Ba", "Bốn", "Năm", "Sáu"), 1)),
        head=("STT", "Họ và tên", "Ngày sinh", "SĐT", "Đơn vị"),
    )  # fmt: skip
    story.take_in(found)
    assert len(story.learners()) == 6
    phones = sa.select(sa.func.count()).where(SignInName.value == "0912345678")
    assert db.session.scalar(phones) == 5


def test_an_address_goes_to_the_new_account_where_nobody_has_it(story: Story) -> None:
    known = story.known("Lê Thị Hoa", "01/02/1990", story.binh_an)
    with UnitOfWork():
        db.session.add(SignInName(account_id=known.id, kind=NameKind.EMAIL, value="hoa@example.vn"))
    head = ("STT", "Họ và tên", "Ngày sinh", "Email", "Đơn vị")
    found = story.upload(
        (1, "Lê Văn Một", "01/01/1980", "Mot.Le@Example.VN ", "Đảng bộ xã Tân Phú"),
        (2, "Lê Văn Hai", "02/01/1980", "hoa@example.vn", "Đảng bộ xã Tân Phú"),
        (3, "Lê Văn Ba", "03/01/1980", "mot.le@example.vn", "Đảng bộ xã Tân Phú"),
        (4, "Lê Văn Bốn", "04/01/1980", "không có", "Đảng bộ xã Tân Phú"),
        (5, "Lê Văn Năm", "05/01/1980", "nam@@example", "Đảng bộ xã Tân Phú"),
        head=head,
    )
    assert [codes(row) for row in found.rows] == [
        set(),
        {"email_taken"},
        {"email_taken"},
        set(),
        {"email_odd"},
    ]
    text = story.staff.get(f"/nominations/{found.public_id}").text
    assert "mot.le@example.vn" in text
    assert "được lấy: người mới đăng nhập được bằng địa chỉ thư này" in text
    story.take_in(found)
    held = {
        name: [one.value for one in enrolment.account.names if one.kind is NameKind.EMAIL]
        for name, enrolment in story.learners().items()
    }
    assert held == {
        "Lê Văn Một": ["mot.le@example.vn"], "Lê Văn Hai": [], "Lê Văn Ba": [], "Lê Văn Bốn": [], "Lê Văn Năm": [],
    }  # fmt: skip


def stored_files() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(StoredFile)) or 0


def test_the_uploaded_file_goes_once_it_is_read_and_the_rows_stay(story: Story) -> None:
    found = story.upload((1, "Lê Văn Một", "01/01/1980", "", "Đảng bộ xã Tân Phú"))
    assert (found.file_id, stored_files()) == (None, 0)
    assert found.file_name == "danh-sach.xlsx"
    assert found.rows[0].given["Họ và tên"] == "Lê Văn Một"
    refused = story.upload(head=("Nội dung", "Số tiền", "x"))
    assert (refused.state, stored_files()) == ("failed", 0)


def test_a_file_that_nobody_reads_is_given_up(story: Story) -> None:
    url = f"/classes/{story.course_class.public_id}/nominations"
    for _ in range(2):
        sent = {"csrf_token": story.staff.csrf, "file": roster((1, "Lê Văn Một", 1980, "", ""))}
        story.staff.send("POST", url, data=sent, content_type="multipart/form-data")
    first, second = db.session.scalars(sa.select(NominationList).order_by(NominationList.id))
    assert stored_files() == 2
    story.post(first, "/discard")
    assert stored_files() == 1
    with UnitOfWork():
        forget_abandoned(before=clock.now() - timedelta(days=7))
    assert stored_files() == 1
    with UnitOfWork():
        second.created_at = clock.now() - timedelta(days=8)
    with UnitOfWork():
        forget_abandoned(before=clock.now() - timedelta(days=7))
    assert (second.state, stored_files()) == ("discarded", 0)


def test_staff_of_another_centre_finds_no_list(story: Story) -> None:
    found = story.upload((1, "Lê Văn Một", "01/01/1980", "", "Đảng bộ xã Tân Phú"))
    foreign = story.world.centre("Trung tâm khác")
    stranger = Visitor(story.app).sign_in_as(story.world.person(Role.STAFF, foreign))
    lecturer = Visitor(story.app).sign_in_as(story.world.person(Role.LECTURER, story.centre))
    for url in (f"/nominations/{found.public_id}", f"/classes/{story.course_class.public_id}/nominations"):
        stranger.get(url, 404)
        lecturer.get(url, 403)
    stranger.post(f"/nominations/{found.public_id}/take-in", status=404)
    assert story.learners() == {}


class Liaison:
    """Somebody who nominates for a unit."""

    def __init__(self, story: Story, unit: Unit) -> None:
        self.account = story.world.person(Role.UNIT, unit, f"Người của {unit.name}")
        self.visitor = Visitor(story.app).sign_in_as(self.account)

    def begin(self, course_class: CourseClass, *names: str) -> NominationList:
        self.visitor.post(f"/nominate/{course_class.public_id}", status=303)
        found = db.session.scalars(sa.select(NominationList).order_by(NominationList.id.desc())).first()
        assert found is not None
        for name in names:
            self.visitor.post(
                f"/nominations/{found.public_id}/rows", {"full_name": name, "born": "01/02/1990"}, 303
            )
        return found


@pytest.fixture
def open_story(story: Story) -> Story:
    with UnitOfWork():
        story.course_class.nominate_by = clock.to_local(clock.now()).date() + timedelta(days=3)
    return story


def test_a_unit_types_names_sends_them_and_sees_what_became_of_them(open_story: Story) -> None:
    story, liaison = open_story, Liaison(open_story, open_story.tan_phu)
    page = liaison.visitor.get("/nominate").text
    assert story.course_class.title in page
    found = liaison.begin(story.course_class, "Lê Thị Hoa", "Lê Văn Hậu")
    story.staff.get(f"/nominations/{found.public_id}", 404)
    liaison.visitor.post(f"/nominations/{found.public_id}/send", status=303)
    assert found.state == "sent"
    words = f"{story.tan_phu.name} đã gửi danh sách 2 người cho lớp"
    assert words in liaison.visitor.get(f"/nominations/{found.public_id}").text
    assert words not in story.staff.get(f"/nominations/{found.public_id}").text
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Notice)) == 1
    assert story.tan_phu.name in story.staff.get(f"/classes/{story.course_class.public_id}/nominations").text
    liaison.visitor.post(f"/nominations/{found.public_id}/rows", {"full_name": "Lê Văn Ba"}, 409)
    story.post(found, "/return", **{"return-note": "Thiếu một người"})
    assert found.state == "draft"
    assert "Thiếu một người" in liaison.visitor.get(f"/nominations/{found.public_id}").text
    index = story.staff.get(f"/classes/{story.course_class.public_id}/nominations").text
    assert "Đã trả lại đơn vị" in index
    assert "được trả lại để sửa" in story.staff.get(f"/nominations/{found.public_id}").text
    liaison.visitor.post(f"/nominations/{found.public_id}/send", status=303)
    story.take_in(found)
    assert sorted(story.learners()) == ["Lê Thị Hoa", "Lê Văn Hậu"]
    assert "Đã nhận vào lớp" in liaison.visitor.get("/nominate").text
    assert {one.unit_id for one in story.learners().values()} == {story.tan_phu.id}


def test_a_unit_uploads_its_own_file(open_story: Story) -> None:
    story, liaison = open_story, Liaison(open_story, open_story.tan_phu)
    data = {
        "csrf_token": liaison.visitor.csrf,
        "file": roster((1, "LÊ THỊ HOA", 1990, "", "Đảng bộ phường Bình An")),
    }
    url = f"/nominate/{story.course_class.public_id}/file"
    answer = liaison.visitor.send("POST", url, data=data, content_type="multipart/form-data")
    assert answer.status_code == 303
    run_pending(story.app, duties=False)
    db.session.expire_all()
    (row,) = db.session.scalars(sa.select(NominationRow))
    assert (row.unit_id, row.unit_evidence) == (story.tan_phu.id, UnitEvidence.SENDER)
    liaison.visitor.get(answer.headers["Location"])


def test_a_unit_sees_no_other_units_list_and_nobody_of_the_register(open_story: Story) -> None:
    story = open_story
    secret = story.known("Lê Thị Hoa", "01/02/1990", story.binh_an)
    other_class = story.world.course_class(story.centre)
    story.world.enrol(secret, other_class)
    own, other = Liaison(story, story.tan_phu), Liaison(story, story.binh_an)
    found = own.begin(story.course_class, "Lê Thị Hoa")
    key = found.public_id
    row = found.rows[0]
    assert row.match is MatchKind.SIMILAR
    for url in (f"/nominations/{key}", f"/nominations/{key}/rows/{row.public_id}"):
        text = own.visitor.get(url).text
        assert story.binh_an.name not in text
        assert other_class.title not in text
        other.visitor.get(url, 404)
    other.visitor.post(f"/nominations/{key}/send", status=404)
    own.visitor.post(f"/nominations/{key}/rows/{row.public_id}/decide", {"do": "same"}, 403)
    own.visitor.post(f"/nominations/{key}/take-in", status=403)
    assert key not in other.visitor.get("/nominate").text


def test_a_unit_that_is_late_or_sends_too_many_is_told(open_story: Story) -> None:
    story, liaison = open_story, Liaison(open_story, open_story.tan_phu)
    story.quota(story.tan_phu, 1)
    found = liaison.begin(story.course_class, "Lê Thị Hoa", "Lê Văn Hậu")
    liaison.visitor.post(f"/nominations/{found.public_id}/send", status=303)
    assert found.state is ListState.DRAFT
    assert "thừa 1 người" in liaison.visitor.get(f"/nominations/{found.public_id}").text
    with UnitOfWork():
        story.course_class.nominate_by = date(2020, 1, 1)
    liaison.visitor.post(f"/nominations/{found.public_id}/send", status=303)
    assert found.state is ListState.DRAFT
    liaison.visitor.post(f"/nominate/{story.course_class.public_id}", status=409)
    open_now = liaison.visitor.page("/nominate").xpath("//a[starts-with(@href, '/nominate/')]")
    assert not open_now


def test_people_on_lists_that_wait_hold_their_units_seats(open_story: Story) -> None:
    story, liaison = open_story, Liaison(open_story, open_story.tan_phu)
    story.quota(story.tan_phu, 3)
    first = liaison.begin(story.course_class, "Lê Thị Hoa", "Lê Văn Hậu")
    liaison.visitor.post(f"/nominations/{first.public_id}/send", status=303)
    assert first.state == "sent"
    page = liaison.visitor.page(f"/nominate/{story.course_class.public_id}").text_content()
    assert "Chỗ còn lại" in page
    assert page.partition("Chỗ còn lại")[2].split()[0] == "1"
    second = liaison.begin(story.course_class, "Trần Văn Ba", "Trần Văn Tư")
    liaison.visitor.post(f"/nominations/{second.public_id}/send", status=303)
    assert second.state == "draft"
    story.take_in(first)
    assert len(story.learners()) == 2


def test_units_are_told_where_to_nominate_as_long_as_they_can(open_story: Story) -> None:
    url = f"/classes/{open_story.course_class.public_id}/nominations"
    address = f"/nominate/{open_story.course_class.public_id}"
    text = open_story.staff.get(url).text
    assert "Chép tin gửi Zalo" in text
    assert address in text
    with UnitOfWork():
        open_story.course_class.nominate_by = date(2020, 1, 1)
    assert address not in open_story.staff.get(url).text


def test_an_empty_list_is_gone_on_with(open_story: Story) -> None:
    liaison = Liaison(open_story, open_story.tan_phu)
    first, second = liaison.begin(open_story.course_class), liaison.begin(open_story.course_class)
    assert first.id == second.id
    third = liaison.begin(open_story.course_class, "Lê Thị Hoa")
    assert third.id == first.id
    assert liaison.begin(open_story.course_class).id != first.id
    other = Liaison(open_story, open_story.binh_an)
    assert other.begin(open_story.course_class).id not in {first.id, second.id}


def test_a_unit_whose_places_are_taken_reads_so(open_story: Story) -> None:
    story, liaison = open_story, Liaison(open_story, open_story.tan_phu)
    story.quota(story.tan_phu, 1)
    found = liaison.begin(story.course_class, "Lê Thị Hoa")
    liaison.visitor.post(f"/nominations/{found.public_id}/send", status=303)
    assert "hết chỗ" in liaison.visitor.get("/nominate").text
    more = liaison.begin(story.course_class, "Trần Văn Ba")
    text = liaison.visitor.get(f"/nominations/{more.public_id}").text
    assert "đã cử 1 người, danh sách này thêm 1: thừa 1 người" in text
    assert "/quotas" not in text


def test_an_empty_list_is_not_sent(open_story: Story) -> None:
    liaison = Liaison(open_story, open_story.tan_phu)
    found = liaison.begin(open_story.course_class)
    liaison.visitor.post(f"/nominations/{found.public_id}/send", status=303)
    assert found.state is ListState.DRAFT


def test_the_preview_pages_through_many_rows_with_as_many_statements(story: Story) -> None:
    def rows(count: int) -> list[tuple[object, ...]]:
        return [
            (
                n,
                f"Lê Văn {chr(65 + n % 26)}{chr(97 + n // 26)}",
                f"01/01/{1960 + n % 40}",
                "",
                f"Đơn vị {n % 7}",
            )
            for n in range(count)
        ]

    story.quota(story.tan_phu, 10)
    few, many = story.upload(*rows(1)), story.upload(*rows(120))
    counts, pages = [], []
    for found in (few, many):
        story.staff.get(f"/nominations/{found.public_id}")
        with counted() as statements:
            pages.append(story.staff.page(f"/nominations/{found.public_id}?page=2"))
        counts.append(len(statements))
    assert len(pages[1].xpath("(//table)[last()]/tbody/tr")) == 50
    assert counts[1] <= counts[0] <= 13
