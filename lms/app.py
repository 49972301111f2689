"""The whole wiring on one page."""

import logging
import sys
from pathlib import Path

import structlog
from flask import Flask
from flask_compress import Compress
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

import lms.audit.models
import lms.auth.pins.models
import lms.courses.attendance.models
import lms.courses.nominations.models
import lms.courses.study.models
import lms.jobs.models
import lms.notices.models
import lms.quizzes.exams.models
import lms.quizzes.grading.models
import lms.results.class_results.models
import lms.results.dossier.models
import lms.results.gradebook.models
import lms.results.letters.models  # noqa: F401  (imported for its tables, like the lines above)
from lms.auth.access.sessions import init_sessions
from lms.auth.units.queries import heading
from lms.cli import wiring as commands
from lms.config import Mode, Settings
from lms.core import files, typesetting
from lms.core.database_clock import tell_time_by
from lms.core.db import db, prepare_sqlite
from lms.rooms import register_rooms
from lms.web import health
from lms.web.answers import register_error_handlers
from lms.web.built import BUILT, init_assets
from lms.web.headers import init_headers
from lms.web.i18n import init_i18n
from lms.web.limits import init_limits
from lms.web.measure import init_measure
from lms.web.navigation import init_navigation
from lms.web.qr import init_qr
from lms.web.transport import init_transport

HERE = Path(__file__).parent
csrf = CSRFProtect()
YEAR = 31_536_000
PATIENCE = 10
"""Seconds that a request waits for a connection or a lock, then it is told to come again (503)."""


def build_app(settings: Settings | None = None) -> Flask:
    """Build the application from ``settings`` (default: the environment).

    Raises:
        BadSettingError: the settings contradict themselves.
    """
    settings = settings or Settings.from_environment()
    settings.instance.mkdir(parents=True, exist_ok=True)
    app = Flask(
        "lms",
        root_path=str(HERE),
        instance_path=str(settings.instance),
        template_folder=str(HERE / "web" / "templates"),
        static_folder=str(HERE / "web" / "static"),
    )
    _configure(app, settings)
    _logging(settings)
    db.init_app(app)
    with app.app_context():
        if settings.is_sqlite:
            prepare_sqlite(db.engine, settings.lock_path)
        else:
            tell_time_by(db.engine)
    csrf.init_app(app)
    files.configure(root=settings.instance / "files", in_database=not settings.is_sqlite)
    typesetting.configure(fonts=BUILT)
    init_i18n(app)
    init_assets(app)
    init_transport(app)
    init_sessions(app)
    init_limits(app, settings.redis_url)
    init_navigation(app, heading)
    init_qr(app)
    init_headers(app)
    Compress(app)
    register_error_handlers(app)
    app.register_blueprint(health.blueprint)
    register_rooms(app)
    commands.register(app)
    _serve_static(app, settings)
    if settings.measure:
        init_measure(app)
    return app


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        LMS=settings,
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=_engine_options(settings),
        MAX_CONTENT_LENGTH=settings.max_upload_bytes + 1_000_000,
        MAX_FORM_MEMORY_SIZE=2_000_000,
        MAX_FORM_PARTS=2000,
        TRUSTED_HOSTS=list(settings.trusted_hosts) or None,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SECURE=settings.mode is Mode.PRODUCTION,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_NAME="lms-state",
        WTF_CSRF_TIME_LIMIT=None,
        COMPRESS_ALGORITHM=["gzip"],
        COMPRESS_LEVEL=4,
        COMPRESS_MIN_SIZE=1200,
        TESTING=settings.mode is Mode.TESTING,
        PROPAGATE_EXCEPTIONS=settings.mode is Mode.TESTING,
        TEMPLATES_AUTO_RELOAD=settings.mode is Mode.DEVELOPMENT,
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def _engine_options(settings: Settings) -> dict[str, object]:
    if settings.is_sqlite:
        return {
            "pool_size": settings.threads,
            "pool_use_lifo": True,  # the connection that wrote last has the database's pages at hand
            "max_overflow": 4,
            "hide_parameters": True,
            "connect_args": {"check_same_thread": False},
        }
    return {
        "pool_size": settings.threads,
        "max_overflow": 2,
        "pool_timeout": PATIENCE,
        "pool_pre_ping": True,
        "pool_recycle": 1800,
        "hide_parameters": True,
        "connect_args": {
            "connect_timeout": 5,
            "tcp_user_timeout": PATIENCE * 1000,  # a database that vanished without a word is noticed
            "options": f"-c lock_timeout={PATIENCE}s",
        },
    }


def _logging(settings: Settings) -> None:
    # A trace with the values of variables would tell keys and answers, so the plain one it is.
    on_terminal = structlog.dev.ConsoleRenderer(
        colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
    )
    as_json = [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *(as_json if settings.log_json else [on_terminal]),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=True,
    )


def _serve_static(app: Flask, settings: Settings) -> None:
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=str(HERE / "web" / "static"),
        prefix="/static/",
        autorefresh=settings.mode in {Mode.DEVELOPMENT, Mode.TESTING},
        immutable_file_test=lambda _path, url: "/build/" in url,
        max_age=YEAR,
    )
