"""Programmes, source documents and the question bank."""

from datetime import date

from lms.cli.demo.loading.people import People
from lms.cli.demo.records import Content
from lms.cli.demo.records import Question as Record
from lms.core import clock, vietnamese
from lms.core.db import db
from lms.core.sanitising import escape_text
from lms.courses.catalogue.models import Module, Programme, SourceDocument
from lms.quizzes.bank.models import (
    Aspect,
    Decision,
    Level,
    Question,
    QuestionBank,
    QuestionState,
    QuestionVersion,
    ReviewDecision,
    Topic,
)
from lms.quizzes.kinds.documents import choice_content, content_of

LEVELS = {
    "nhan_biet": Level.RECOGNISE,
    "thong_hieu": Level.UNDERSTAND,
    "van_dung": Level.APPLY,
    "van_dung_cao": Level.APPLY_HIGH,
}
AUTHORS = ("GV03", "GV04")
REVIEWER = "GV01"


class Catalogue:
    """Programmes and source documents by their codes."""

    def __init__(self, content: Content, people: People) -> None:
        self.programmes: dict[str, Programme] = {}
        self.documents: dict[str, SourceDocument] = {}
        for record in content.programmes:
            programme = Programme(
                unit_id=people.centre.id, code=record.code, title=record.name, module_word=record.module_word
            )
            programme.modules = [
                Module(position=module.number, title=module.title, periods=module.periods)
                for module in record.modules
            ]
            self.programmes[record.code] = programme
        for document in content.documents:
            self.documents[document.id] = SourceDocument(
                unit_id=people.centre.id,
                code=document.id,
                number=document.number,
                title=document.title,
                issuer=document.issuer,
                issued=document.issued,
                in_force_from=date.fromisoformat(document.in_force_from) if document.in_force_from else None,
            )
        db.session.add_all([*self.programmes.values(), *self.documents.values()])
        db.session.flush()


class Bank:
    """The bank with every question approved."""

    def __init__(self, content: Content, people: People, catalogue: Catalogue) -> None:
        self.people = people
        self.catalogue = catalogue
        self.bank = QuestionBank(
            unit_id=people.centre.id, title=f"Ngân hàng câu hỏi {content.centre.short_name}"
        )
        self.topics = {
            topic.code: Topic(position=number, title=topic.title)
            for number, topic in enumerate(content.topics, start=1)
        }
        self.bank.topics = list(self.topics.values())
        db.session.add(self.bank)
        db.session.flush()
        for number, record in enumerate(content.questions):
            self._add(record, people.accounts[AUTHORS[number % 2]].id)

    def _add(self, record: Record, author_id: int) -> None:
        moment = clock.now()
        question = Question(bank_id=self.bank.id, author_id=author_id, created_at=moment)
        db.session.add(question)
        db.session.flush()
        content, key = _documents(record)
        version = QuestionVersion(
            question_id=question.id,
            number=1,
            kind=record.kind,
            content=content,
            key=key,
            explanation=escape_text(record.explanation),
            plain=record.stem,
            search_key=vietnamese.search_key(record.stem),
            topic_id=self.topics[record.topic].id,
            level=LEVELS[record.level],
            aspect=Aspect(record.aspect),
            source_id=self.catalogue.documents[record.source].id,
            source_place=record.place,
            author_id=author_id,
            created_at=moment,
        )
        db.session.add(version)
        db.session.flush()
        question.latest_version_id = question.approved_version_id = version.id
        question.state = QuestionState.APPROVED
        db.session.add(
            ReviewDecision(
                version_id=version.id,
                reviewer_id=self.people.accounts[REVIEWER].id,
                decision=Decision.APPROVED,
                decided_at=moment,
            )
        )


def _documents(record: Record) -> tuple[dict[str, object], dict[str, object]]:
    stem = escape_text(record.stem)
    if record.kind == "true_false":
        return content_of(stem), {"correct": record.key == ("A",)}
    correct = [letter.lower() for letter in record.key]
    return choice_content(stem, [escape_text(option) for option in record.options]), {"correct": correct}
