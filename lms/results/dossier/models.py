"""Papers of a class dossier that come from outside, as scans."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.db import Keyed, Model
from lms.core.stored_file import StoredFile
from lms.courses.classes.models import CourseClass


class DossierPaper(Keyed, Model):
    """A scanned paper of a class under one item of the checklist."""

    __tablename__ = "dossier_paper"
    __table_args__ = (sa.Index("ix_dossier_paper_class_item", "class_id", "item"),)

    class_id: Mapped[int] = mapped_column(sa.ForeignKey("course_class.id"))
    item: Mapped[str] = mapped_column(sa.String(40))
    title: Mapped[str] = mapped_column(sa.String(250), default="")
    file_id: Mapped[int] = mapped_column(sa.ForeignKey("stored_file.id"))
    added_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    added_at: Mapped[datetime]

    course_class: Mapped[CourseClass] = relationship()
    file: Mapped[StoredFile] = relationship()
