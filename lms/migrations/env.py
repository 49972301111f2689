"""How migrations run: on the application's own engine, in one transaction."""

from typing import Any, Literal

from alembic import context
from flask import current_app

from lms.core.db import Json, JsonOrNull, UtcDateTime, db


def _only_ours(obj: Any, name: str | None, kind: str, reflected: bool, compare_to: Any) -> bool:  # noqa: ARG001, FBT001  (Alembic's signature)
    """Leave out tables that SQLite or an extension made."""
    return not (
        kind == "table"
        and reflected
        and compare_to is None
        and name is not None
        and name.startswith("sqlite_")
    )


def _render(kind: str, obj: Any, autogen: Any) -> str | Literal[False]:
    """Write our column types by their names."""
    if kind != "type":
        return False
    names = {id(Json): "Json", id(JsonOrNull): "JsonOrNull"}
    name = names.get(id(obj)) or ("UtcDateTime()" if isinstance(obj, UtcDateTime) else None)
    if name is None:
        return False
    autogen.imports.add(f"from lms.core.db import {name.removesuffix('()')}")
    return name


def run() -> None:
    """Run what was asked."""
    if context.is_offline_mode():
        raise SystemExit("migrations run on a live database only")
    with db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=connection.dialect.name == "sqlite",
            compare_type=True,
            include_object=_only_ours,
            render_item=_render,
            **{
                name: value
                for name, value in current_app.extensions["migrate"].configure_args.items()
                if name not in {"render_as_batch", "compare_type"}
            },
        )
        with context.begin_transaction():
            context.run_migrations()


run()
