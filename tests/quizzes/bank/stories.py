"""What several stories of the bank begin with."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

import sqlalchemy as sa
from flask import Flask

from lms.auth.accounts.models import Account
from lms.auth.units.models import Unit
from lms.core.actor import Role
from lms.core.db import UnitOfWork, db
from lms.jobs.models import Job, JobState
from lms.jobs.runner import run_pending
from lms.quizzes.bank.models import ImportBatch, QuestionBank
from lms.quizzes.bank.operations import job_key
from tests.visitor import Visitor
from tests.world import World

TEXT = """Câu 1: Lá cờ của trung tâm mẫu có màu gì?
A. Xanh
B. Đỏ
C. Vàng
D. Tím
Đáp án: B

Câu 2: Một tuần có mấy ngày?
A. Năm ngày
B. Sáu ngày
C. Bảy ngày
D. Tám ngày
Đáp án: C

Câu 3: Mặt trời mọc ở hướng nào?
A. Đông
B. Tây
C. Nam
D. Bắc
"""


@dataclass
class Story:
    """A centre with a bank, its lecturer and its leader."""

    app: Flask
    world: World
    centre: Unit
    bank: QuestionBank
    lecturer: Account
    leader: Account

    def visit(self, account: Account) -> Visitor:
        return Visitor(self.app).sign_in_as(account)

    def upload(
        self,
        visitor: Visitor,
        data: bytes | str = TEXT,
        name: str = "cau-hoi.txt",
        *,
        read: bool = True,
        **fields: str,
    ) -> str:
        """Upload a file and have it read; the key of the import."""
        content = data.encode() if isinstance(data, str) else data
        response = visitor.post(
            f"/bank/{self.bank.public_id}/import",
            {"file": (io.BytesIO(content), name), **fields},
            status=303,
            content_type="multipart/form-data",
        )
        if read:
            self.read()
        return urlsplit(response.headers["Location"]).path.rsplit("/", 1)[-1]

    def read(self) -> None:
        """Let the runner do what is due."""
        run_pending(self.app, duties=False)

    def read_again(self, key: str) -> None:
        """Run the job that read this import a second time, as after a crash."""
        batch = self.batch(key)
        with UnitOfWork():
            job = db.session.scalars(
                sa.select(Job).where(Job.idempotency_key == job_key(batch_id=batch.id))
            ).one()
            job.state, job.ended_at, job.lease_until = JobState.QUEUED, None, None
        self.read()

    def items(self, key: str) -> list[str]:
        """Keys of an import's questions in the order of the file."""
        return [item.public_id for item in self.batch(key).items]

    def placed(self) -> dict[str, str]:
        """Topic, level and aspect for an upload."""
        return {"topic": self.bank.topics[0].public_id, "level": "recognise", "aspect": "theory"}

    def batch(self, key: str) -> ImportBatch:
        db.session.rollback()
        return db.session.scalars(sa.select(ImportBatch).where(ImportBatch.public_id == key)).one()


def story(app: Flask, world: World, **settings: object) -> Story:
    centre = world.centre(**settings)
    return Story(
        app,
        world,
        centre,
        world.bank(centre),
        world.person(Role.LECTURER, centre, "Lê Giảng Viên"),
        world.person(Role.LEADER, centre, "Phạm Giám Đốc"),
    )


@contextmanager
def statements() -> Iterator[list[str]]:
    seen: list[str] = []

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA", "ROLLBACK", "COMMIT", "SAVEPOINT")):
            seen.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", note)
