"""Every table as of the first release.

Revision 0001, after nothing.
"""

import sqlalchemy as sa
from alembic import op

from lms.core.db import Json, JsonOrNull, UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

CIRCULAR = ("latest_version", "approved_version")


def upgrade() -> None:
    """Go up."""
    op.create_table(
        "audit_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_type", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("actor_name", sa.String(length=120), nullable=False),
        sa.Column("data", JsonOrNull, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_event")),
        sa.UniqueConstraint(
            "subject_type",
            "subject_id",
            "position",
            name=op.f("uq_audit_event_subject_type_subject_id_position"),
        ),
    )
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_event_actor_id"), ["actor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_event_at"), ["at"], unique=False)

    op.create_table(
        "audit_seal",
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("sealed_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_audit_seal")),
    )
    op.create_table(
        "job",
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "queued",
                "running",
                "done",
                "failed",
                "cancelled",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("payload", JsonOrNull, nullable=False),
        sa.Column("result", JsonOrNull, nullable=False),
        sa.Column("progress", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("idempotency_key", sa.String(length=120), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("cancel_requested", sa.Boolean(), nullable=False),
        sa.Column("lease_owner", sa.String(length=80), nullable=False),
        sa.Column("lease_until", UtcDateTime(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.CheckConstraint("progress >= 0 AND total >= 0", name=op.f("ck_job_progress_not_negative")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("idempotency_key", name=op.f("uq_job_idempotency_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_job_public_id")),
    )
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.create_index("ix_job_state_due", ["state", "due_at"], unique=False)

    op.create_table(
        "lease",
        sa.Column("duty", sa.String(length=40), nullable=False),
        sa.Column("owner", sa.String(length=80), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("duty", name=op.f("pk_lease")),
    )
    op.create_table(
        "sign_in_failure",
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("window_started_at", UtcDateTime(), nullable=False),
        sa.Column("blocked_until", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_sign_in_failure")),
    )
    op.create_table(
        "stored_bytes",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_stored_bytes")),
    )
    op.create_table(
        "stored_file",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.CheckConstraint("size >= 0", name=op.f("ck_stored_file_size_not_negative")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_file")),
        sa.UniqueConstraint("public_id", name=op.f("uq_stored_file_public_id")),
    )
    with op.batch_alter_table("stored_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stored_file_sha256"), ["sha256"], unique=False)

    op.create_table(
        "unit",
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "superior",
                "centre",
                "party_org",
                "mass_org",
                "agency",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=250), nullable=False),
        sa.Column("short_name", sa.String(length=80), nullable=False),
        sa.Column("sort_key", sa.Text(), nullable=False),
        sa.Column("search_key", sa.Text(), nullable=False),
        sa.Column("path", sa.String(length=250), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("successor_id", sa.Integer(), nullable=True),
        sa.Column("settings", JsonOrNull, nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.CheckConstraint("path LIKE '/%/'", name=op.f("ck_unit_path_form")),
        sa.CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name=op.f("ck_unit_valid_in_order")),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name=op.f("fk_unit_parent_id_unit")),
        sa.ForeignKeyConstraint(["successor_id"], ["unit.id"], name=op.f("fk_unit_successor_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("path", name=op.f("uq_unit_path")),
        sa.UniqueConstraint("public_id", name=op.f("uq_unit_public_id")),
    )
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_unit_search_key"), ["search_key"], unique=False)

    op.create_table(
        "account",
        sa.Column("full_name", sa.String(length=120), nullable=False),
        sa.Column("sort_key", sa.Text(), nullable=False),
        sa.Column("search_key", sa.Text(), nullable=False),
        sa.Column("born", sa.String(length=10), nullable=False),
        sa.Column("gender", sa.String(length=10), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "active", "suspended", name="state", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column(
            "secret_kind",
            sa.Enum(
                "password", "pin", name="secret_kind", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("one_time_expires_at", UtcDateTime(), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.CheckConstraint("full_name <> ''", name=op.f("ck_account_has_name")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_account_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("public_id", name=op.f("uq_account_public_id")),
    )
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_search_key"), ["search_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_account_sort_key"), ["sort_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_account_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "programme",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=250), nullable=False),
        sa.Column("module_word", sa.String(length=40), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_programme_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme")),
        sa.UniqueConstraint("public_id", name=op.f("uq_programme_public_id")),
        sa.UniqueConstraint("unit_id", "code", name=op.f("uq_programme_unit_id_code")),
    )
    op.create_table(
        "question_bank",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=250), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_question_bank_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_bank")),
        sa.UniqueConstraint("public_id", name=op.f("uq_question_bank_public_id")),
    )
    with op.batch_alter_table("question_bank", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_question_bank_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "regulation",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=250), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_regulation_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_regulation")),
        sa.UniqueConstraint("public_id", name=op.f("uq_regulation_public_id")),
        sa.UniqueConstraint("unit_id", "title", name=op.f("uq_regulation_unit_id_title")),
    )
    op.create_table(
        "source_document",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=400), nullable=False),
        sa.Column("issuer", sa.String(length=200), nullable=False),
        sa.Column("issued", sa.String(length=10), nullable=False),
        sa.Column("in_force_from", sa.Date(), nullable=True),
        sa.Column("replaced_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["replaced_by_id"],
            ["source_document.id"],
            name=op.f("fk_source_document_replaced_by_id_source_document"),
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_source_document_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_document")),
        sa.UniqueConstraint("public_id", name=op.f("uq_source_document_public_id")),
        sa.UniqueConstraint("unit_id", "code", name=op.f("uq_source_document_unit_id_code")),
    )
    op.create_table(
        "unit_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=250), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_name_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_name")),
        sa.UniqueConstraint("unit_id", "valid_from", name=op.f("uq_unit_name_unit_id_valid_from")),
    )
    op.create_table(
        "bank_media",
        sa.Column("bank_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["bank_id"], ["question_bank.id"], name=op.f("fk_bank_media_bank_id_question_bank")
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_bank_media_file_id_stored_file")
        ),
        sa.PrimaryKeyConstraint("bank_id", "file_id", name=op.f("pk_bank_media")),
    )
    with op.batch_alter_table("bank_media", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bank_media_file_id"), ["file_id"], unique=False)

    op.create_table(
        "course_class",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=250), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("nominate_by", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_course_class_dates_in_order")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_course_class_programme_id_programme")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_course_class_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_class")),
        sa.UniqueConstraint("public_id", name=op.f("uq_course_class_public_id")),
        sa.UniqueConstraint("unit_id", "code", name=op.f("uq_course_class_unit_id_code")),
    )
    op.create_table(
        "import_batch",
        sa.Column("bank_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("format", sa.String(length=20), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "reading",
                "draft",
                "imported",
                "discarded",
                "failed",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("problems", JsonOrNull, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("imported_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["account.id"], name=op.f("fk_import_batch_author_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["bank_id"], ["question_bank.id"], name=op.f("fk_import_batch_bank_id_question_bank")
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_import_batch_file_id_stored_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
        sa.UniqueConstraint("public_id", name=op.f("uq_import_batch_public_id")),
    )
    with op.batch_alter_table("import_batch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_batch_bank_id"), ["bank_id"], unique=False)

    op.create_table(
        "module",
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("periods", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.CheckConstraint("periods >= 0", name=op.f("ck_module_periods_not_negative")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_module_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_module")),
        sa.UniqueConstraint("programme_id", "position", name=op.f("uq_module_programme_id_position")),
        sa.UniqueConstraint("public_id", name=op.f("uq_module_public_id")),
    )
    op.create_table(
        "notice",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("params", JsonOrNull, nullable=False),
        sa.Column("url", sa.String(length=300), nullable=False),
        sa.Column("once", sa.String(length=160), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("read_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_notice_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("account_id", "once", name=op.f("uq_notice_account_id_once")),
        sa.UniqueConstraint("public_id", name=op.f("uq_notice_public_id")),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index("ix_notice_account_read", ["account_id", "read_at"], unique=False)

    op.create_table(
        "pin_invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_pin_invitation_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["account.id"], name=op.f("fk_pin_invitation_created_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pin_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_pin_invitation_token_hash")),
    )
    with op.batch_alter_table("pin_invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pin_invitation_account_id"), ["account_id"], unique=False)

    op.create_table(
        "prerequisite",
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("required_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("programme_id <> required_id", name=op.f("ck_prerequisite_not_itself")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_prerequisite_programme_id_programme")
        ),
        sa.ForeignKeyConstraint(
            ["required_id"], ["programme.id"], name=op.f("fk_prerequisite_required_id_programme")
        ),
        sa.PrimaryKeyConstraint("programme_id", "required_id", name=op.f("pk_prerequisite")),
    )
    op.create_table(
        "programme_regulation",
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("regulation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_programme_regulation_programme_id_programme")
        ),
        sa.ForeignKeyConstraint(
            ["regulation_id"],
            ["regulation.id"],
            name=op.f("fk_programme_regulation_regulation_id_regulation"),
        ),
        sa.PrimaryKeyConstraint("programme_id", name=op.f("pk_programme_regulation")),
    )
    with op.batch_alter_table("programme_regulation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_programme_regulation_regulation_id"), ["regulation_id"], unique=False
        )

    op.create_table(
        "regulation_version",
        sa.Column("regulation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", JsonOrNull, nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_regulation_version_number_positive")),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"], ["account.id"], name=op.f("fk_regulation_version_confirmed_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["account.id"], name=op.f("fk_regulation_version_created_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["regulation_id"], ["regulation.id"], name=op.f("fk_regulation_version_regulation_id_regulation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_regulation_version")),
        sa.UniqueConstraint("public_id", name=op.f("uq_regulation_version_public_id")),
        sa.UniqueConstraint(
            "regulation_id", "number", name=op.f("uq_regulation_version_regulation_id_number")
        ),
    )
    op.create_table(
        "role_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "learner",
                "lecturer",
                "staff",
                "leader",
                "overseer",
                "unit",
                "admin",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_role_grant_account_id_account")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_role_grant_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
        sa.UniqueConstraint(
            "account_id", "role", "unit_id", name=op.f("uq_role_grant_account_id_role_unit_id")
        ),
    )
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_grant_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "sign_in_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "code", "phone", "email", name="kind", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("value", sa.String(length=120), nullable=False),
        sa.CheckConstraint("value <> ''", name=op.f("ck_sign_in_name_has_value")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_sign_in_name_account_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_name")),
        sa.UniqueConstraint(
            "account_id", "kind", "value", name=op.f("uq_sign_in_name_account_id_kind_value")
        ),
    )
    with op.batch_alter_table("sign_in_name", schema=None) as batch_op:
        batch_op.create_index("ix_sign_in_name_value", ["value"], unique=False)
        batch_op.create_index(
            "uq_sign_in_name_value_unshared",
            ["value"],
            unique=True,
            sqlite_where=sa.text("kind <> 'phone'"),
            postgresql_where=sa.text("kind <> 'phone'"),
        )

    op.create_table(
        "sign_in_session",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("browser", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_sign_in_session_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sign_in_session")),
    )
    with op.batch_alter_table("sign_in_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_session_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sign_in_session_expires_at"), ["expires_at"], unique=False)

    op.create_table(
        "topic",
        sa.Column("bank_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["bank_id"], ["question_bank.id"], name=op.f("fk_topic_bank_id_question_bank")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic")),
        sa.UniqueConstraint("bank_id", "title", name=op.f("uq_topic_bank_id_title")),
        sa.UniqueConstraint("public_id", name=op.f("uq_topic_public_id")),
    )
    op.create_table(
        "assessment",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("bank_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "practice",
                "module_test",
                "final_test",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "released",
                "archived",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=250), nullable=False),
        sa.Column("search_key", sa.Text(), nullable=False),
        sa.Column("instructions", sa.Text(), nullable=False),
        sa.Column("opens_at", UtcDateTime(), nullable=True),
        sa.Column("closes_at", UtcDateTime(), nullable=True),
        sa.Column("time_limit", sa.Integer(), nullable=True),
        sa.Column("attempts_allowed", sa.Integer(), nullable=False),
        sa.Column("pass_mark", sa.Integer(), nullable=False),
        sa.Column(
            "review_rule",
            sa.Enum(
                "mark_only",
                "own_answers",
                "key_and_explanation",
                name="review_rule",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("shuffle_options", sa.Boolean(), nullable=False),
        sa.Column("pool", JsonOrNull, nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("submitted_at", UtcDateTime(), nullable=True),
        sa.Column("review_note", sa.Text(), nullable=False),
        sa.Column("released_at", UtcDateTime(), nullable=True),
        sa.Column("released_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.CheckConstraint(
            "kind = 'practice' OR attempts_allowed > 0", name=op.f("ck_assessment_graded_attempts_counted")
        ),
        sa.CheckConstraint(
            "state = 'draft' OR pool IS NOT NULL", name=op.f("ck_assessment_released_has_pool")
        ),
        sa.CheckConstraint("attempts_allowed >= 0", name=op.f("ck_assessment_attempts_not_negative")),
        sa.CheckConstraint(
            "closes_at IS NULL OR opens_at IS NULL OR closes_at > opens_at", name=op.f("ck_assessment_window")
        ),
        sa.CheckConstraint("pass_mark BETWEEN 0 AND 1000", name=op.f("ck_assessment_pass_mark_on_scale")),
        sa.CheckConstraint(
            "time_limit IS NULL OR time_limit > 0", name=op.f("ck_assessment_time_limit_positive")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name=op.f("fk_assessment_author_id_account")),
        sa.ForeignKeyConstraint(
            ["bank_id"], ["question_bank.id"], name=op.f("fk_assessment_bank_id_question_bank")
        ),
        sa.ForeignKeyConstraint(
            ["class_id"], ["course_class.id"], name=op.f("fk_assessment_class_id_course_class")
        ),
        sa.ForeignKeyConstraint(
            ["released_by_id"], ["account.id"], name=op.f("fk_assessment_released_by_id_account")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_assessment_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
        sa.UniqueConstraint("public_id", name=op.f("uq_assessment_public_id")),
    )
    with op.batch_alter_table("assessment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assessment_class_id"), ["class_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_assessment_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "class_lecturer",
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_class_lecturer_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["class_id"], ["course_class.id"], name=op.f("fk_class_lecturer_class_id_course_class")
        ),
        sa.PrimaryKeyConstraint("class_id", "account_id", name=op.f("pk_class_lecturer")),
    )
    with op.batch_alter_table("class_lecturer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_class_lecturer_account_id"), ["account_id"], unique=False)

    op.create_table(
        "class_meeting",
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column(
            "half",
            sa.Enum(
                "morning",
                "afternoon",
                "evening",
                name="half",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("periods", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=True),
        sa.Column("lecturer_id", sa.Integer(), nullable=True),
        sa.Column("guest", sa.String(length=120), nullable=False),
        sa.Column("room", sa.String(length=120), nullable=False),
        sa.Column("called_at", UtcDateTime(), nullable=True),
        sa.Column("called_by_id", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.CheckConstraint(
            "(called_at IS NULL) = (called_by_id IS NULL)", name=op.f("ck_class_meeting_called_whole")
        ),
        sa.CheckConstraint("periods > 0", name=op.f("ck_class_meeting_periods_positive")),
        sa.ForeignKeyConstraint(
            ["called_by_id"], ["account.id"], name=op.f("fk_class_meeting_called_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["class_id"], ["course_class.id"], name=op.f("fk_class_meeting_class_id_course_class")
        ),
        sa.ForeignKeyConstraint(
            ["lecturer_id"], ["account.id"], name=op.f("fk_class_meeting_lecturer_id_account")
        ),
        sa.ForeignKeyConstraint(["module_id"], ["module.id"], name=op.f("fk_class_meeting_module_id_module")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_meeting")),
        sa.UniqueConstraint(
            "class_id", "held_on", "half", name=op.f("uq_class_meeting_class_id_held_on_half")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_class_meeting_public_id")),
    )
    with op.batch_alter_table("class_meeting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_class_meeting_lecturer_id"), ["lecturer_id"], unique=False)

    op.create_table(
        "class_quota",
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.CheckConstraint("places >= 0", name=op.f("ck_class_quota_places_not_negative")),
        sa.ForeignKeyConstraint(
            ["class_id"], ["course_class.id"], name=op.f("fk_class_quota_class_id_course_class")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_class_quota_unit_id_unit")),
        sa.PrimaryKeyConstraint("class_id", "unit_id", name=op.f("pk_class_quota")),
    )
    with op.batch_alter_table("class_quota", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_class_quota_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "class_regulation",
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("set_at", UtcDateTime(), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["class_id"], ["course_class.id"], name=op.f("fk_class_regulation_class_id_course_class")
        ),
        sa.ForeignKeyConstraint(
            ["set_by_id"], ["account.id"], name=op.f("fk_class_regulation_set_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["regulation_version.id"],
            name=op.f("fk_class_regulation_version_id_regulation_version"),
        ),
        sa.PrimaryKeyConstraint("class_id", name=op.f("pk_class_regulation")),
    )
    with op.batch_alter_table("class_regulation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_class_regulation_version_id"), ["version_id"], unique=False)

    op.create_table(
        "class_result",
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "checked",
                "signed",
                "published",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("computed_at", UtcDateTime(), nullable=False),
        sa.Column("computed_by_id", sa.Integer(), nullable=False),
        sa.Column("checked_at", UtcDateTime(), nullable=True),
        sa.Column("checked_by_id", sa.Integer(), nullable=True),
        sa.Column("signed_at", UtcDateTime(), nullable=True),
        sa.Column("signed_by_id", sa.Integer(), nullable=True),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.Column("returned_note", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.CheckConstraint(
            "state <> 'published' OR published_at IS NOT NULL", name=op.f("ck_class_result_published_whole")
        ),
        sa.CheckConstraint(
            "state NOT IN ('signed', 'published') OR signed_at IS NOT NULL",
            name=op.f("ck_class_result_signed_whole"),
        ),
        sa.ForeignKeyConstraint(
            ["checked_by_id"], ["account.id"], name=op.f("fk_class_result_checked_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["class_id"], ["course_class.id"], name=op.f("fk_class_result_class_id_course_class")
        ),
        sa.ForeignKeyConstraint(
            ["computed_by_id"], ["account.id"], name=op.f("fk_class_result_computed_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["published_by_id"], ["account.id"], name=op.f("fk_class_result_published_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["signed_by_id"], ["account.id"], name=op.f("fk_class_result_signed_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["regulation_version.id"],
            name=op.f("fk_class_result_version_id_regulation_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_result")),
        sa.UniqueConstraint("class_id", name=op.f("uq_class_result_class_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_class_result_public_id")),
    )
    op.create_table(
        "component_source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("component", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("target", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["class_id"], ["course_class.id"], name=op.f("fk_component_source_class_id_course_class")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_component_source")),
        sa.UniqueConstraint(
            "class_id",
            "component",
            "kind",
            "target",
            name=op.f("uq_component_source_class_id_component_kind_target"),
        ),
    )
    op.create_table(
        "dossier_paper",
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=250), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["account.id"], name=op.f("fk_dossier_paper_added_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["class_id"], ["course_class.id"], name=op.f("fk_dossier_paper_class_id_course_class")
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_dossier_paper_file_id_stored_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_paper")),
        sa.UniqueConstraint("public_id", name=op.f("uq_dossier_paper_public_id")),
    )
    with op.batch_alter_table("dossier_paper", schema=None) as batch_op:
        batch_op.create_index("ix_dossier_paper_class_item", ["class_id", "item"], unique=False)

    op.create_table(
        "enrolment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "active", "withdrawn", name="state", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("enrolled_at", UtcDateTime(), nullable=False),
        sa.Column("is_monitor", sa.Boolean(), nullable=False),
        sa.Column("post", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_enrolment_account_id_account")),
        sa.ForeignKeyConstraint(
            ["class_id"], ["course_class.id"], name=op.f("fk_enrolment_class_id_course_class")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_enrolment_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment")),
        sa.UniqueConstraint("class_id", "account_id", name=op.f("uq_enrolment_class_id_account_id")),
    )
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_enrolment_account_id"), ["account_id"], unique=False)

    op.create_table(
        "essay_task",
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=250), nullable=False),
        sa.Column("prompt", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "open",
                "closed",
                "published",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("due_at", UtcDateTime(), nullable=True),
        sa.Column("typed", sa.Boolean(), nullable=False),
        sa.Column("uploaded", sa.Boolean(), nullable=False),
        sa.Column("handwritten", sa.Boolean(), nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("graders", sa.Integer(), nullable=False),
        sa.Column("difference_limit", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("joined_at", UtcDateTime(), nullable=True),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.CheckConstraint("difference_limit >= 0", name=op.f("ck_essay_task_difference_not_negative")),
        sa.CheckConstraint("graders IN (1, 2)", name=op.f("ck_essay_task_graders_one_or_two")),
        sa.CheckConstraint("typed OR uploaded OR handwritten", name=op.f("ck_essay_task_some_way_in")),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name=op.f("fk_essay_task_author_id_account")),
        sa.ForeignKeyConstraint(
            ["class_id"], ["course_class.id"], name=op.f("fk_essay_task_class_id_course_class")
        ),
        sa.ForeignKeyConstraint(["module_id"], ["module.id"], name=op.f("fk_essay_task_module_id_module")),
        sa.ForeignKeyConstraint(
            ["published_by_id"], ["account.id"], name=op.f("fk_essay_task_published_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_essay_task")),
        sa.UniqueConstraint("public_id", name=op.f("uq_essay_task_public_id")),
    )
    with op.batch_alter_table("essay_task", schema=None) as batch_op:
        batch_op.create_index("ix_essay_task_class", ["class_id"], unique=False)

    op.create_table(
        "lesson",
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=250), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("draft", "published", name="state", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column(
            "done_when",
            sa.Enum(
                "opened",
                "confirmed",
                "activities",
                name="done_when",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("edited_at", UtcDateTime(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.CheckConstraint("position > 0", name=op.f("ck_lesson_position_positive")),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name=op.f("fk_lesson_author_id_account")),
        sa.ForeignKeyConstraint(["module_id"], ["module.id"], name=op.f("fk_lesson_module_id_module")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson")),
        sa.UniqueConstraint("module_id", "position", name=op.f("uq_lesson_module_id_position")),
        sa.UniqueConstraint("public_id", name=op.f("uq_lesson_public_id")),
    )
    op.create_table(
        "nomination_list",
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "reading",
                "failed",
                "draft",
                "sent",
                "taken_in",
                "discarded",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("problems", JsonOrNull, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["class_id"], ["course_class.id"], name=op.f("fk_nomination_list_class_id_course_class")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["account.id"], name=op.f("fk_nomination_list_created_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["account.id"], name=op.f("fk_nomination_list_decided_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_nomination_list_file_id_stored_file")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_nomination_list_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nomination_list")),
        sa.UniqueConstraint("public_id", name=op.f("uq_nomination_list_public_id")),
    )
    with op.batch_alter_table("nomination_list", schema=None) as batch_op:
        batch_op.create_index("ix_nomination_list_class_state", ["class_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_nomination_list_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "question",
        sa.Column("bank_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "in_review",
                "approved",
                "retired",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("latest_version_id", sa.Integer(), nullable=True),
        sa.Column("approved_version_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.CheckConstraint(
            "state <> 'approved' OR approved_version_id = latest_version_id",
            name=op.f("ck_question_approved_is_latest"),
        ),
        sa.ForeignKeyConstraint(
            ["approved_version_id"],
            ["question_version.id"],
            name="fk_question_approved_version",
            use_alter=True,
        ),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name=op.f("fk_question_author_id_account")),
        sa.ForeignKeyConstraint(
            ["bank_id"], ["question_bank.id"], name=op.f("fk_question_bank_id_question_bank")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_question_batch_id_import_batch")
        ),
        sa.ForeignKeyConstraint(
            ["latest_version_id"], ["question_version.id"], name="fk_question_latest_version", use_alter=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sa.UniqueConstraint("public_id", name=op.f("uq_question_public_id")),
    )
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_question_approved_version_id"), ["approved_version_id"], unique=False
        )
        batch_op.create_index("ix_question_bank_state", ["bank_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_question_batch_id"), ["batch_id"], unique=False)

    op.create_table(
        "unit_letter",
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "made", "sent", "answered", name="state", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("content", JsonOrNull, nullable=False),
        sa.Column("recommendation", sa.Text(), nullable=False),
        sa.Column("pdf_id", sa.Integer(), nullable=True),
        sa.Column("docx_id", sa.Integer(), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("dated", sa.Date(), nullable=True),
        sa.Column("scan_id", sa.Integer(), nullable=True),
        sa.Column("sent_at", UtcDateTime(), nullable=True),
        sa.Column("opened_at", UtcDateTime(), nullable=True),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("replied_at", UtcDateTime(), nullable=True),
        sa.Column("replied_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.CheckConstraint(
            "state <> 'answered' OR replied_at IS NOT NULL", name=op.f("ck_unit_letter_answered_whole")
        ),
        sa.ForeignKeyConstraint(
            ["class_id"], ["course_class.id"], name=op.f("fk_unit_letter_class_id_course_class")
        ),
        sa.ForeignKeyConstraint(
            ["docx_id"], ["stored_file.id"], name=op.f("fk_unit_letter_docx_id_stored_file")
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["account.id"], name=op.f("fk_unit_letter_made_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["pdf_id"], ["stored_file.id"], name=op.f("fk_unit_letter_pdf_id_stored_file")
        ),
        sa.ForeignKeyConstraint(
            ["replied_by_id"], ["account.id"], name=op.f("fk_unit_letter_replied_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["scan_id"], ["stored_file.id"], name=op.f("fk_unit_letter_scan_id_stored_file")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_letter_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_letter")),
        sa.UniqueConstraint("class_id", "unit_id", name=op.f("uq_unit_letter_class_id_unit_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_unit_letter_public_id")),
    )
    with op.batch_alter_table("unit_letter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_letter_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "absence",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column(
            "leave",
            sa.Enum(
                "excused", "unexcused", name="leave", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_absence_enrolment_id_enrolment")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["class_meeting.id"], name=op.f("fk_absence_meeting_id_class_meeting")
        ),
        sa.PrimaryKeyConstraint("meeting_id", "enrolment_id", name=op.f("pk_absence")),
    )
    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_absence_enrolment_id"), ["enrolment_id"], unique=False)

    op.create_table(
        "activity",
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("lesson_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("target", sa.String(length=64), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["class_id"], ["course_class.id"], name=op.f("fk_activity_class_id_course_class")
        ),
        sa.ForeignKeyConstraint(["lesson_id"], ["lesson.id"], name=op.f("fk_activity_lesson_id_lesson")),
        sa.ForeignKeyConstraint(["module_id"], ["module.id"], name=op.f("fk_activity_module_id_module")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
        sa.UniqueConstraint("class_id", "kind", "target", name=op.f("uq_activity_class_id_kind_target")),
        sa.UniqueConstraint("public_id", name=op.f("uq_activity_public_id")),
    )
    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.create_index("ix_activity_class_module", ["class_id", "module_id", "position"], unique=False)

    op.create_table(
        "attempt",
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("slots", JsonOrNull, nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "in_progress", "closed", name="state", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("deadline_at", UtcDateTime(), nullable=True),
        sa.Column("last_seen_at", UtcDateTime(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column(
            "closed_by",
            sa.Enum(
                "learner",
                "deadline",
                "staff",
                name="closed_by",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.CheckConstraint(
            "(state = 'closed') = (closed_at IS NOT NULL) AND (state = 'closed') = (closed_by IS NOT NULL)",
            name=op.f("ck_attempt_closed_whole"),
        ),
        sa.CheckConstraint("number > 0", name=op.f("ck_attempt_number_positive")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_attempt_account_id_account")),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_attempt_assessment_id_assessment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
        sa.UniqueConstraint(
            "assessment_id", "account_id", "number", name=op.f("uq_attempt_assessment_id_account_id_number")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_attempt_public_id")),
    )
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attempt_account_id"), ["account_id"], unique=False)
        batch_op.create_index(
            "ix_attempt_due",
            ["deadline_at"],
            unique=False,
            sqlite_where=sa.text("state = 'in_progress'"),
            postgresql_where=sa.text("state = 'in_progress'"),
        )
        batch_op.create_index(
            "uq_attempt_one_in_progress",
            ["assessment_id", "account_id"],
            unique=True,
            sqlite_where=sa.text("state = 'in_progress'"),
            postgresql_where=sa.text("state = 'in_progress'"),
        )

    op.create_table(
        "blueprint_cell",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=True),
        sa.Column(
            "level",
            sa.Enum(
                "recognise",
                "understand",
                "apply",
                "apply_high",
                name="level",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "aspect",
            sa.Enum(
                "theory", "practice", name="aspect", native_enum=False, create_constraint=True, length=32
            ),
            nullable=True,
        ),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.CheckConstraint("count > 0", name=op.f("ck_blueprint_cell_count_positive")),
        sa.CheckConstraint("weight > 0", name=op.f("ck_blueprint_cell_weight_positive")),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_blueprint_cell_assessment_id_assessment")
        ),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_blueprint_cell_topic_id_topic")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blueprint_cell")),
        sa.UniqueConstraint(
            "assessment_id", "position", name=op.f("uq_blueprint_cell_assessment_id_position")
        ),
    )
    op.create_table(
        "essay_grader",
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("turn IN (1, 2, 3)", name=op.f("ck_essay_grader_turn")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_essay_grader_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["essay_task.id"], name=op.f("fk_essay_grader_task_id_essay_task")
        ),
        sa.PrimaryKeyConstraint("task_id", "turn", name=op.f("pk_essay_grader")),
        sa.UniqueConstraint("task_id", "account_id", name=op.f("uq_essay_grader_task_id_account_id")),
    )
    with op.batch_alter_table("essay_grader", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_essay_grader_account_id"), ["account_id"], unique=False)

    op.create_table(
        "exam_session",
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=250), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "open",
                "over",
                "minuted",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("number_prefix", sa.String(length=10), nullable=False),
        sa.Column("first_number", sa.Integer(), nullable=False),
        sa.Column("card_required", sa.Boolean(), nullable=False),
        sa.Column("invigilator_one", sa.String(length=120), nullable=False),
        sa.Column("invigilator_two", sa.String(length=120), nullable=False),
        sa.Column("minutes", JsonOrNull, nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("minuted_at", UtcDateTime(), nullable=True),
        sa.Column("minuted_by_id", sa.Integer(), nullable=True),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.CheckConstraint(
            "(state = 'minuted') = (minuted_at IS NOT NULL) AND (state = 'minuted') = (minuted_by_id IS NOT NULL)",
            name=op.f("ck_exam_session_minuted_whole"),
        ),
        sa.CheckConstraint(
            "(state = 'planned') = (opened_at IS NULL)", name=op.f("ck_exam_session_opened_whole")
        ),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_exam_session_times_in_order")),
        sa.CheckConstraint("first_number > 0", name=op.f("ck_exam_session_first_number_positive")),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_exam_session_assessment_id_assessment")
        ),
        sa.ForeignKeyConstraint(
            ["class_id"], ["course_class.id"], name=op.f("fk_exam_session_class_id_course_class")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["account.id"], name=op.f("fk_exam_session_created_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["minuted_by_id"], ["account.id"], name=op.f("fk_exam_session_minuted_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exam_session")),
        sa.UniqueConstraint("public_id", name=op.f("uq_exam_session_public_id")),
    )
    with op.batch_alter_table("exam_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exam_session_assessment_id"), ["assessment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_exam_session_class_id"), ["class_id"], unique=False)

    op.create_table(
        "extra_time",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("granted_by_id", sa.Integer(), nullable=False),
        sa.Column("granted_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("seconds > 0", name=op.f("ck_extra_time_seconds_positive")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_extra_time_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_extra_time_assessment_id_assessment")
        ),
        sa.ForeignKeyConstraint(
            ["granted_by_id"], ["account.id"], name=op.f("fk_extra_time_granted_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extra_time")),
    )
    with op.batch_alter_table("extra_time", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_extra_time_assessment_id"), ["assessment_id"], unique=False)

    op.create_table(
        "import_item",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("document", JsonOrNull, nullable=False),
        sa.Column("mended", JsonOrNull, nullable=True),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column("skipped", sa.Boolean(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=True),
        sa.Column(
            "level",
            sa.Enum(
                "recognise",
                "understand",
                "apply",
                "apply_high",
                name="level",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "aspect",
            sa.Enum(
                "theory", "practice", name="aspect", native_enum=False, create_constraint=True, length=32
            ),
            nullable=True,
        ),
        sa.Column("question_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_import_item_batch_id_import_batch")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_import_item_question_id_question")
        ),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_import_item_topic_id_topic")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_item")),
        sa.UniqueConstraint("batch_id", "position", name=op.f("uq_import_item_batch_id_position")),
        sa.UniqueConstraint("public_id", name=op.f("uq_import_item_public_id")),
    )
    with op.batch_alter_table("import_item", schema=None) as batch_op:
        batch_op.create_index("ix_import_item_batch_status", ["batch_id", "status"], unique=False)

    op.create_table(
        "learner_result",
        sa.Column("class_result_id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.Integer(), nullable=True),
        sa.Column("theory", sa.Integer(), nullable=True),
        sa.Column("practice", sa.Integer(), nullable=True),
        sa.Column("band", sa.String(length=40), nullable=False),
        sa.Column("band_title", sa.String(length=80), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("path", JsonOrNull, nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "mark IS NULL OR mark BETWEEN 0 AND 1000", name=op.f("ck_learner_result_mark_on_scale")
        ),
        sa.CheckConstraint(
            "practice IS NULL OR practice BETWEEN 0 AND 1000",
            name=op.f("ck_learner_result_practice_on_scale"),
        ),
        sa.CheckConstraint(
            "theory IS NULL OR theory BETWEEN 0 AND 1000", name=op.f("ck_learner_result_theory_on_scale")
        ),
        sa.ForeignKeyConstraint(
            ["class_result_id"],
            ["class_result.id"],
            name=op.f("fk_learner_result_class_result_id_class_result"),
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_learner_result_enrolment_id_enrolment")
        ),
        sa.PrimaryKeyConstraint("class_result_id", "enrolment_id", name=op.f("pk_learner_result")),
    )
    with op.batch_alter_table("learner_result", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_learner_result_enrolment_id"), ["enrolment_id"], unique=False)

    op.create_table(
        "lesson_draft",
        sa.Column("lesson_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=250), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column(
            "done_when",
            sa.Enum(
                "opened",
                "confirmed",
                "activities",
                name="done_when",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("kept_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_lesson_draft_account_id_account")
        ),
        sa.ForeignKeyConstraint(["lesson_id"], ["lesson.id"], name=op.f("fk_lesson_draft_lesson_id_lesson")),
        sa.PrimaryKeyConstraint("lesson_id", "account_id", name=op.f("pk_lesson_draft")),
    )
    with op.batch_alter_table("lesson_draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lesson_draft_account_id"), ["account_id"], unique=False)

    op.create_table(
        "lesson_file",
        sa.Column("lesson_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("inline", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_lesson_file_file_id_stored_file")
        ),
        sa.ForeignKeyConstraint(["lesson_id"], ["lesson.id"], name=op.f("fk_lesson_file_lesson_id_lesson")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson_file")),
        sa.UniqueConstraint("public_id", name=op.f("uq_lesson_file_public_id")),
    )
    with op.batch_alter_table("lesson_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lesson_file_lesson_id"), ["lesson_id"], unique=False)

    op.create_table(
        "lesson_progress",
        sa.Column("lesson_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("done_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_lesson_progress_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["lesson_id"], ["lesson.id"], name=op.f("fk_lesson_progress_lesson_id_lesson")
        ),
        sa.PrimaryKeyConstraint("lesson_id", "account_id", name=op.f("pk_lesson_progress")),
    )
    with op.batch_alter_table("lesson_progress", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lesson_progress_account_id"), ["account_id"], unique=False)

    op.create_table(
        "lesson_source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lesson_id", sa.Integer(), nullable=False),
        sa.Column("source_document_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["lesson_id"], ["lesson.id"], name=op.f("fk_lesson_source_lesson_id_lesson")),
        sa.ForeignKeyConstraint(
            ["source_document_id"],
            ["source_document.id"],
            name=op.f("fk_lesson_source_source_document_id_source_document"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson_source")),
        sa.UniqueConstraint(
            "lesson_id", "source_document_id", name=op.f("uq_lesson_source_lesson_id_source_document_id")
        ),
    )
    with op.batch_alter_table("lesson_source", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_lesson_source_source_document_id"), ["source_document_id"], unique=False
        )

    op.create_table(
        "manual_mark",
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("component", sa.String(length=40), nullable=False),
        sa.Column("mark", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("given_by_id", sa.Integer(), nullable=False),
        sa.Column("given_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("mark BETWEEN 0 AND 1000", name=op.f("ck_manual_mark_mark_on_scale")),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_manual_mark_enrolment_id_enrolment")
        ),
        sa.ForeignKeyConstraint(
            ["given_by_id"], ["account.id"], name=op.f("fk_manual_mark_given_by_id_account")
        ),
        sa.PrimaryKeyConstraint("enrolment_id", "component", name=op.f("pk_manual_mark")),
    )
    op.create_table(
        "nomination_row",
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("given", JsonOrNull, nullable=False),
        sa.Column("full_name", sa.String(length=120), nullable=False),
        sa.Column("born", sa.String(length=10), nullable=False),
        sa.Column("gender", sa.String(length=10), nullable=False),
        sa.Column("post", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=30), nullable=False),
        sa.Column("email", sa.String(length=120), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("unit_text", sa.String(length=250), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column(
            "unit_evidence",
            sa.Enum(
                "sender",
                "recognised",
                "proposed",
                "chosen",
                "unknown",
                name="unit_evidence",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "match",
            sa.Enum(
                "none",
                "same",
                "similar",
                "chosen",
                "new",
                name="match",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("problems", JsonOrNull, nullable=False),
        sa.Column("skipped", sa.Boolean(), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.CheckConstraint("severity BETWEEN 0 AND 3", name=op.f("ck_nomination_row_known_severity")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_nomination_row_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["list_id"], ["nomination_list.id"], name=op.f("fk_nomination_row_list_id_nomination_list")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_nomination_row_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nomination_row")),
        sa.UniqueConstraint("list_id", "position", name=op.f("uq_nomination_row_list_id_position")),
        sa.UniqueConstraint("public_id", name=op.f("uq_nomination_row_public_id")),
    )
    with op.batch_alter_table("nomination_row", schema=None) as batch_op:
        batch_op.create_index("ix_nomination_row_list_severity", ["list_id", "severity"], unique=False)

    op.create_table(
        "publication",
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_publication_assessment_id_assessment")
        ),
        sa.ForeignKeyConstraint(
            ["published_by_id"], ["account.id"], name=op.f("fk_publication_published_by_id_account")
        ),
        sa.PrimaryKeyConstraint("assessment_id", name=op.f("pk_publication")),
    )
    op.create_table(
        "question_version",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("content", JsonOrNull, nullable=False),
        sa.Column("key", JsonOrNull, nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("plain", sa.Text(), nullable=False),
        sa.Column("search_key", sa.Text(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "recognise",
                "understand",
                "apply",
                "apply_high",
                name="level",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "aspect",
            sa.Enum(
                "theory", "practice", name="aspect", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("source_place", sa.String(length=200), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_question_version_number_positive")),
        sa.ForeignKeyConstraint(
            ["author_id"], ["account.id"], name=op.f("fk_question_version_author_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_question_version_question_id_question")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source_document.id"], name=op.f("fk_question_version_source_id_source_document")
        ),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_question_version_topic_id_topic")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_version")),
        sa.UniqueConstraint("public_id", name=op.f("uq_question_version_public_id")),
        sa.UniqueConstraint("question_id", "number", name=op.f("uq_question_version_question_id_number")),
    )
    with op.batch_alter_table("question_version", schema=None) as batch_op:
        batch_op.create_index("ix_question_version_cell", ["topic_id", "level", "aspect"], unique=False)
        batch_op.create_index(batch_op.f("ix_question_version_source_id"), ["source_id"], unique=False)

    op.create_table(
        "rubric_criterion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=250), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column(
            "aspect",
            sa.Enum(
                "theory", "practice", name="aspect", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.CheckConstraint("most > 0", name=op.f("ck_rubric_criterion_most_positive")),
        sa.ForeignKeyConstraint(
            ["task_id"], ["essay_task.id"], name=op.f("fk_rubric_criterion_task_id_essay_task")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rubric_criterion")),
        sa.UniqueConstraint("task_id", "position", name=op.f("uq_rubric_criterion_task_id_position")),
    )
    op.create_table(
        "submission",
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "handed_in",
                "settled",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("handwritten", sa.Boolean(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=True),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.Column("handed_in_at", UtcDateTime(), nullable=True),
        sa.Column("extended_until", UtcDateTime(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("mark", sa.Integer(), nullable=True),
        sa.Column("first_mark", sa.Integer(), nullable=True),
        sa.Column("theory", sa.Integer(), nullable=True),
        sa.Column("practice", sa.Integer(), nullable=True),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.CheckConstraint(
            "(state = 'settled') = (mark IS NOT NULL)", name=op.f("ck_submission_settled_whole")
        ),
        sa.CheckConstraint(
            "mark IS NULL OR mark BETWEEN 0 AND 1000", name=op.f("ck_submission_mark_on_scale")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_submission_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["essay_task.id"], name=op.f("fk_submission_task_id_essay_task")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
        sa.UniqueConstraint("public_id", name=op.f("uq_submission_public_id")),
        sa.UniqueConstraint("task_id", "account_id", name=op.f("uq_submission_task_id_account_id")),
        sa.UniqueConstraint("task_id", "code", name=op.f("uq_submission_task_id_code")),
    )
    with op.batch_alter_table("submission", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_submission_account_id"), ["account_id"], unique=False)

    op.create_table(
        "essay_mark",
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("grader_id", sa.Integer(), nullable=False),
        sa.Column("points", JsonOrNull, nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.Column("given_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("total BETWEEN 0 AND 1000", name=op.f("ck_essay_mark_total_on_scale")),
        sa.CheckConstraint("turn IN (1, 2, 3)", name=op.f("ck_essay_mark_turn")),
        sa.ForeignKeyConstraint(["grader_id"], ["account.id"], name=op.f("fk_essay_mark_grader_id_account")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_essay_mark_submission_id_submission")
        ),
        sa.PrimaryKeyConstraint("submission_id", "turn", name=op.f("pk_essay_mark")),
    )
    with op.batch_alter_table("essay_mark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_essay_mark_grader_id"), ["grader_id"], unique=False)

    op.create_table(
        "exam_room",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.CheckConstraint("seats > 0", name=op.f("ck_exam_room_seats_positive")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["exam_session.id"], name=op.f("fk_exam_room_session_id_exam_session")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exam_room")),
        sa.UniqueConstraint("session_id", "position", name=op.f("uq_exam_room_session_id_position")),
    )
    op.create_table(
        "item_mark",
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("share_numerator", sa.Integer(), nullable=False),
        sa.Column("share_denominator", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "share_denominator > 0 AND share_numerator BETWEEN 0 AND share_denominator",
            name=op.f("ck_item_mark_share"),
        ),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_item_mark_attempt_id_attempt")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["question_version.id"], name=op.f("fk_item_mark_version_id_question_version")
        ),
        sa.PrimaryKeyConstraint("attempt_id", "slot", "round", name=op.f("pk_item_mark")),
    )
    with op.batch_alter_table("item_mark", schema=None) as batch_op:
        batch_op.create_index("ix_item_mark_version", ["version_id"], unique=False)

    op.create_table(
        "response",
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("answer", Json, nullable=False),
        sa.Column("flagged", sa.Boolean(), nullable=False),
        sa.Column("idempotency_key", sa.String(length=64), nullable=False),
        sa.Column("client", sa.String(length=64), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("revision > 0", name=op.f("ck_response_revision_positive")),
        sa.CheckConstraint("slot > 0", name=op.f("ck_response_slot_positive")),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_response_attempt_id_attempt")),
        sa.PrimaryKeyConstraint("attempt_id", "slot", "revision", name=op.f("pk_response")),
    )
    op.create_table(
        "result",
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("theory", sa.Integer(), nullable=True),
        sa.Column("practice", sa.Integer(), nullable=True),
        sa.Column("topics", JsonOrNull, nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("questions", sa.Integer(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "practice IS NULL OR practice BETWEEN 0 AND 1000", name=op.f("ck_result_practice_on_scale")
        ),
        sa.CheckConstraint(
            "theory IS NULL OR theory BETWEEN 0 AND 1000", name=op.f("ck_result_theory_on_scale")
        ),
        sa.CheckConstraint("total BETWEEN 0 AND 1000", name=op.f("ck_result_total_on_scale")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_result_account_id_account")),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_result_assessment_id_assessment")
        ),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_result_attempt_id_attempt")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_result_unit_id_unit")),
        sa.PrimaryKeyConstraint("attempt_id", "round", name=op.f("pk_result")),
    )
    with op.batch_alter_table("result", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_result_account_id"), ["account_id"], unique=False)
        batch_op.create_index("ix_result_assessment_account", ["assessment_id", "account_id"], unique=False)

    op.create_table(
        "review_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("reviewer_id", sa.Integer(), nullable=False),
        sa.Column(
            "decision",
            sa.Enum(
                "approved",
                "returned",
                "retired",
                name="decision",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reviewer_id"], ["account.id"], name=op.f("fk_review_decision_reviewer_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["question_version.id"],
            name=op.f("fk_review_decision_version_id_question_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_decision")),
    )
    with op.batch_alter_table("review_decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_decision_version_id"), ["version_id"], unique=False)

    op.create_table(
        "submission_page",
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["account.id"], name=op.f("fk_submission_page_added_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_submission_page_file_id_stored_file")
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_submission_page_submission_id_submission")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission_page")),
        sa.UniqueConstraint("public_id", name=op.f("uq_submission_page_public_id")),
        sa.UniqueConstraint(
            "submission_id", "position", name=op.f("uq_submission_page_submission_id_position")
        ),
    )
    op.create_table(
        "candidate",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=True),
        sa.Column("room_id", sa.Integer(), nullable=True),
        sa.Column("seat", sa.Integer(), nullable=True),
        sa.Column(
            "admission",
            sa.Enum(
                "listed",
                "barred",
                "waiting",
                "admitted",
                "refused",
                name="admission",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("card_checked_at", UtcDateTime(), nullable=True),
        sa.Column("card_checked_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.CheckConstraint(
            "number IS NOT NULL OR admission IN ('waiting', 'refused')",
            name=op.f("ck_candidate_sitter_numbered"),
        ),
        sa.CheckConstraint(
            "seat IS NULL OR admission IN ('listed', 'admitted')", name=op.f("ck_candidate_seat_of_sitter")
        ),
        sa.CheckConstraint(
            "(card_checked_at IS NULL) = (card_checked_by_id IS NULL)",
            name=op.f("ck_candidate_card_checked_whole"),
        ),
        sa.CheckConstraint("(room_id IS NULL) = (seat IS NULL)", name=op.f("ck_candidate_seat_whole")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_candidate_account_id_account")),
        sa.ForeignKeyConstraint(
            ["card_checked_by_id"], ["account.id"], name=op.f("fk_candidate_card_checked_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_candidate_enrolment_id_enrolment")
        ),
        sa.ForeignKeyConstraint(["room_id"], ["exam_room.id"], name=op.f("fk_candidate_room_id_exam_room")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["exam_session.id"], name=op.f("fk_candidate_session_id_exam_session")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidate")),
        sa.UniqueConstraint("public_id", name=op.f("uq_candidate_public_id")),
        sa.UniqueConstraint("room_id", "seat", name=op.f("uq_candidate_room_id_seat")),
        sa.UniqueConstraint("session_id", "account_id", name=op.f("uq_candidate_session_id_account_id")),
        sa.UniqueConstraint("session_id", "number", name=op.f("uq_candidate_session_id_number")),
    )
    with op.batch_alter_table("candidate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_candidate_account_id"), ["account_id"], unique=False)

    op.create_table(
        "exam_incident",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("noted_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidate.id"], name=op.f("fk_exam_incident_candidate_id_candidate")
        ),
        sa.ForeignKeyConstraint(
            ["noted_by_id"], ["account.id"], name=op.f("fk_exam_incident_noted_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["exam_session.id"], name=op.f("fk_exam_incident_session_id_exam_session")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exam_incident")),
    )
    with op.batch_alter_table("exam_incident", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exam_incident_session_id"), ["session_id"], unique=False)
    if op.get_bind().dialect.name == "postgresql":  # SQLite takes circular keys together with the table
        for column in CIRCULAR:
            op.create_foreign_key(
                f"fk_question_{column}", "question", "question_version", [f"{column}_id"], ["id"]
            )


def downgrade() -> None:
    """Go back."""
    if op.get_bind().dialect.name == "postgresql":
        for column in CIRCULAR:
            op.drop_constraint(f"fk_question_{column}", "question", type_="foreignkey")
    else:  # SQLite checks foreign keys while it drops: a question must not name its versions any more
        op.execute("UPDATE question SET latest_version_id = NULL, approved_version_id = NULL")
    with op.batch_alter_table("exam_incident", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exam_incident_session_id"))

    op.drop_table("exam_incident")
    with op.batch_alter_table("candidate", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_candidate_account_id"))

    op.drop_table("candidate")
    op.drop_table("submission_page")
    with op.batch_alter_table("review_decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_decision_version_id"))

    op.drop_table("review_decision")
    with op.batch_alter_table("result", schema=None) as batch_op:
        batch_op.drop_index("ix_result_assessment_account")
        batch_op.drop_index(batch_op.f("ix_result_account_id"))

    op.drop_table("result")
    op.drop_table("response")
    with op.batch_alter_table("item_mark", schema=None) as batch_op:
        batch_op.drop_index("ix_item_mark_version")

    op.drop_table("item_mark")
    op.drop_table("exam_room")
    with op.batch_alter_table("essay_mark", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_essay_mark_grader_id"))

    op.drop_table("essay_mark")
    with op.batch_alter_table("submission", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_submission_account_id"))

    op.drop_table("submission")
    op.drop_table("rubric_criterion")
    with op.batch_alter_table("question_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_question_version_source_id"))
        batch_op.drop_index("ix_question_version_cell")

    op.drop_table("question_version")
    op.drop_table("publication")
    with op.batch_alter_table("nomination_row", schema=None) as batch_op:
        batch_op.drop_index("ix_nomination_row_list_severity")

    op.drop_table("nomination_row")
    op.drop_table("manual_mark")
    with op.batch_alter_table("lesson_source", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lesson_source_source_document_id"))

    op.drop_table("lesson_source")
    with op.batch_alter_table("lesson_progress", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lesson_progress_account_id"))

    op.drop_table("lesson_progress")
    with op.batch_alter_table("lesson_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lesson_file_lesson_id"))

    op.drop_table("lesson_file")
    with op.batch_alter_table("lesson_draft", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lesson_draft_account_id"))

    op.drop_table("lesson_draft")
    with op.batch_alter_table("learner_result", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_learner_result_enrolment_id"))

    op.drop_table("learner_result")
    with op.batch_alter_table("import_item", schema=None) as batch_op:
        batch_op.drop_index("ix_import_item_batch_status")

    op.drop_table("import_item")
    with op.batch_alter_table("extra_time", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_extra_time_assessment_id"))

    op.drop_table("extra_time")
    with op.batch_alter_table("exam_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exam_session_class_id"))
        batch_op.drop_index(batch_op.f("ix_exam_session_assessment_id"))

    op.drop_table("exam_session")
    with op.batch_alter_table("essay_grader", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_essay_grader_account_id"))

    op.drop_table("essay_grader")
    op.drop_table("blueprint_cell")
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_attempt_one_in_progress",
            sqlite_where=sa.text("state = 'in_progress'"),
            postgresql_where=sa.text("state = 'in_progress'"),
        )
        batch_op.drop_index(
            "ix_attempt_due",
            sqlite_where=sa.text("state = 'in_progress'"),
            postgresql_where=sa.text("state = 'in_progress'"),
        )
        batch_op.drop_index(batch_op.f("ix_attempt_account_id"))

    op.drop_table("attempt")
    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.drop_index("ix_activity_class_module")

    op.drop_table("activity")
    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_absence_enrolment_id"))

    op.drop_table("absence")
    with op.batch_alter_table("unit_letter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unit_letter_unit_id"))

    op.drop_table("unit_letter")
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_question_batch_id"))
        batch_op.drop_index("ix_question_bank_state")
        batch_op.drop_index(batch_op.f("ix_question_approved_version_id"))

    op.drop_table("question")
    with op.batch_alter_table("nomination_list", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_nomination_list_unit_id"))
        batch_op.drop_index("ix_nomination_list_class_state")

    op.drop_table("nomination_list")
    op.drop_table("lesson")
    with op.batch_alter_table("essay_task", schema=None) as batch_op:
        batch_op.drop_index("ix_essay_task_class")

    op.drop_table("essay_task")
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_enrolment_account_id"))

    op.drop_table("enrolment")
    with op.batch_alter_table("dossier_paper", schema=None) as batch_op:
        batch_op.drop_index("ix_dossier_paper_class_item")

    op.drop_table("dossier_paper")
    op.drop_table("component_source")
    op.drop_table("class_result")
    with op.batch_alter_table("class_regulation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_class_regulation_version_id"))

    op.drop_table("class_regulation")
    with op.batch_alter_table("class_quota", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_class_quota_unit_id"))

    op.drop_table("class_quota")
    with op.batch_alter_table("class_meeting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_class_meeting_lecturer_id"))

    op.drop_table("class_meeting")
    with op.batch_alter_table("class_lecturer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_class_lecturer_account_id"))

    op.drop_table("class_lecturer")
    with op.batch_alter_table("assessment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assessment_unit_id"))
        batch_op.drop_index(batch_op.f("ix_assessment_class_id"))

    op.drop_table("assessment")
    op.drop_table("topic")
    with op.batch_alter_table("sign_in_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_session_expires_at"))
        batch_op.drop_index(batch_op.f("ix_sign_in_session_account_id"))

    op.drop_table("sign_in_session")
    with op.batch_alter_table("sign_in_name", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_sign_in_name_value_unshared",
            sqlite_where=sa.text("kind <> 'phone'"),
            postgresql_where=sa.text("kind <> 'phone'"),
        )
        batch_op.drop_index("ix_sign_in_name_value")

    op.drop_table("sign_in_name")
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_role_grant_unit_id"))

    op.drop_table("role_grant")
    op.drop_table("regulation_version")
    with op.batch_alter_table("programme_regulation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_programme_regulation_regulation_id"))

    op.drop_table("programme_regulation")
    op.drop_table("prerequisite")
    with op.batch_alter_table("pin_invitation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pin_invitation_account_id"))

    op.drop_table("pin_invitation")
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_index("ix_notice_account_read")

    op.drop_table("notice")
    op.drop_table("module")
    with op.batch_alter_table("import_batch", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_batch_bank_id"))

    op.drop_table("import_batch")
    op.drop_table("course_class")
    with op.batch_alter_table("bank_media", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bank_media_file_id"))

    op.drop_table("bank_media")
    op.drop_table("unit_name")
    op.drop_table("source_document")
    op.drop_table("regulation")
    with op.batch_alter_table("question_bank", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_question_bank_unit_id"))

    op.drop_table("question_bank")
    op.drop_table("programme")
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_unit_id"))
        batch_op.drop_index(batch_op.f("ix_account_sort_key"))
        batch_op.drop_index(batch_op.f("ix_account_search_key"))

    op.drop_table("account")
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unit_search_key"))
        batch_op.drop_index(batch_op.f("ix_unit_parent_id"))

    op.drop_table("unit")
    with op.batch_alter_table("stored_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stored_file_sha256"))

    op.drop_table("stored_file")
    op.drop_table("stored_bytes")
    op.drop_table("sign_in_failure")
    op.drop_table("lease")
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_index("ix_job_state_due")

    op.drop_table("job")
    op.drop_table("audit_seal")
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_event_at"))
        batch_op.drop_index(batch_op.f("ix_audit_event_actor_id"))

    op.drop_table("audit_event")
