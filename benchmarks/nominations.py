"""A nomination list of 1,000 people previewed: read in its own process, compared with 2,000 known learners, shown.

Times depend on the machine: the yardstick, a fixed piece of Python work timed in the same run, says how fast it is. The
target is 3 s from the file to the page.
"""

import tempfile
import time
from datetime import date
from pathlib import Path

import xlsxwriter

from benchmarks.yardstick import yardstick_ms
from lms import create_app
from lms.auth.accounts.models import Account, RoleGrant
from lms.auth.units.models import Unit, UnitKind
from lms.config import Mode, Settings
from lms.core import clock, vietnamese
from lms.core.actor import Role
from lms.core.db import UnitOfWork, db
from lms.courses.catalogue.models import Programme
from lms.courses.classes.models import ClassQuota, CourseClass
from lms.courses.nominations import queries
from lms.courses.nominations.models import ListState, NominationList
from lms.courses.nominations.operations import keep_reading
from lms.courses.nominations.reading.sandbox import read_file

PEOPLE, KNOWN, UNITS = 1000, 2000, 60
SURNAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ")
MIDDLES = ("Văn", "Thị", "Hữu", "Đức", "Minh", "Thanh", "Quang", "Ngọc", "Xuân", "Thu", "Hồng")
GIVEN = ("An", "Bình", "Cường", "Dũng", "Đức", "Giang", "Hà", "Hải", "Hạnh", "Hòa", "Hùng", "Hương", "Lan", "Linh", "Mai",
         "Nam", "Nga", "Phúc", "Phương", "Quân", "Sơn", "Tâm", "Thảo", "Trang", "Tuấn", "Vinh", "Yến")  # fmt: skip


def name(number: int) -> str:
    """The name of person ``number``; some bear the same."""
    return " ".join(
        words[number // step % len(words)] for words, step in ((SURNAMES, 1), (MIDDLES, 12), (GIVEN, 132))
    )


def born(number: int) -> str:
    """The birth date of person ``number``."""
    return f"{number % 28 + 1:02d}/{number % 12 + 1:02d}/{1960 + number % 40}"


def workbook(path: Path) -> None:
    """A list of which half is known, some with a year alone, some of units written in short."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["STT", "Họ và tên", "Ngày sinh", "Chức vụ", "Đơn vị", "SĐT"])
        for row in range(1, PEOPLE + 1):
            number = row * 4
            unit = ("Đảng bộ xã số", "ĐU xã số", "UBND xã số")[row % 3]
            date_of = born(number) if row % 5 else born(number)[-4:]
            sheet.write_row(
                row,
                0,
                [row, name(number).upper(), date_of, "Ủy viên", f"{unit} {row % UNITS}", 900000000 + row],
            )


def furnish() -> int:
    """The centre, its units, its learners, a class; the id of a list that waits for its file."""
    with UnitOfWork():
        centre = _unit("Trung tâm", None, UnitKind.CENTRE)
        units = [_unit(f"Đảng bộ xã số {n}", centre, UnitKind.PARTY_ORG) for n in range(UNITS)]
        for number in range(KNOWN):
            full_name, unit = name(number), units[number % UNITS]
            db.session.add(
                Account(
                    full_name=full_name,
                    born=born(number),
                    unit_id=unit.id,
                    created_at=clock.now(),
                    grants=[RoleGrant(role=Role.LEARNER, unit_id=unit.id)],
                )
            )
        programme = Programme(unit_id=centre.id, code="CT", title="Chương trình")
        course_class = CourseClass(
            unit_id=centre.id, programme=programme, code="L", title="Lớp",
            starts_on=date(2026, 1, 1), ends_on=date(2026, 2, 1), quotas=[ClassQuota(unit_id=units[0].id, places=30)],
        )  # fmt: skip
        db.session.add(course_class)
        db.session.flush()
        made = NominationList(
            class_id=course_class.id,
            state=ListState.READING,
            problems=[],
            created_by_id=db.session.query(Account.id).limit(1).scalar(),
            created_at=clock.now(),
        )
        db.session.add(made)
    return made.id


def _unit(called: str, parent: Unit | None, kind: UnitKind) -> Unit:
    made = Unit(
        parent_id=parent.id if parent else None, kind=kind, name=called, short_name="", code="", valid_from=date(2020, 1, 1),
        sort_key=vietnamese.text_sort_key(called), search_key=vietnamese.search_key(called), path=f"/{called}/",
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    made.path = f"{parent.path if parent else '/'}{made.id}/"
    return made


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        workbook(place / "list.xlsx")
        settings = Settings(
            mode=Mode.TESTING,
            instance=place,
            database_url=f"sqlite:///{place / 'bench.sqlite3'}",
            secret_key="a key for this benchmark only, of enough characters",  # noqa: S106  (opens nothing)
        )
        app = create_app(settings)
        with app.app_context():
            db.create_all()
            list_id = furnish()
            start = time.perf_counter()
            roster = read_file(place / "list.xlsx")
            read = time.perf_counter()
            with UnitOfWork():
                keep_reading(list_id=list_id, roster=roster)
            matched = time.perf_counter()
            found = db.session.get_one(NominationList, list_id)
            rows = queries.page_of(found, 1)
            queries.severities(found)
            queries.open_texts(found)
            queries.seats([found.class_id], found.id)
            shown = time.perf_counter()
            counts = {str(one.name): count for one, count in sorted(queries.severities(found).items())}
            db.engine.dispose()
    print(f"{len(roster.people)} rows read in a process of its own   {read - start:6.2f} s")
    print(f"compared with {KNOWN} learners and stored        {matched - read:6.2f} s")
    print(f"first {len(rows.items)} rows with what stands above them    {shown - matched:6.2f} s")
    print(f"together (target 3 s)                         {shown - start:6.2f} s   {counts}")
    yardstick = yardstick_ms()
    print(f"yardstick {yardstick:.1f} ms, the preview takes {(shown - start) * 1000 / yardstick:.0f} of them")


if __name__ == "__main__":
    main()
