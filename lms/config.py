"""Every setting of an installation, typed, read once from the environment.

``Settings.from_environment`` refuses to build on nonsense: a server that would start with a wrong setting
does not start, and says which variable is wrong and what it may hold.
"""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

MEBIBYTE = 1024 * 1024
LOOPBACK_HOSTS = frozenset({"127.0.0.1", "localhost", "::1", "[::1]"})


class Mode(StrEnum):
    """How an installation is meant to be used; decides what is allowed, never what is true."""

    PRODUCTION = "production"
    DEMO = "demo"
    DEVELOPMENT = "development"
    TESTING = "testing"


class BadSettingError(Exception):
    """A variable of the environment holds what the software cannot work with."""

    def __init__(self, variable: str, problem: str) -> None:
        super().__init__(f"{variable}: {problem}")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """One installation's settings; times in seconds, sizes in bytes."""

    mode: Mode = Mode.DEVELOPMENT
    instance: Path = field(default_factory=lambda: Path("instance").resolve())
    database_url: str = ""
    redis_url: str = ""
    secret_key: str = ""
    trusted_hosts: tuple[str, ...] = ()
    proxy_hops: int = 0
    workers: int = 2
    threads: int = 8
    max_upload_bytes: int = 25 * MEBIBYTE
    transport_grace_seconds: int = 10
    sign_in_hours: int = 14
    time_zone: str = "Asia/Ho_Chi_Minh"
    log_json: bool = False
    measure: bool = False

    @property
    def is_sqlite(self) -> bool:
        """Whether the embedded database is used."""
        return self.database_url.startswith("sqlite")

    @property
    def lock_path(self) -> Path:
        """File whose lock queues the writers of the embedded database across processes."""
        path = self.database_url.removeprefix("sqlite:///")
        return Path(path + ".writers") if path and ":memory:" not in path else self.instance / "writers"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> "Settings":
        """Read and check the settings.

        Raises:
            BadSettingError: a variable is missing, malformed or dangerous in this mode.
        """
        env = os.environ if environ is None else environ
        mode = _mode(env)
        instance = Path(env.get("LMS_INSTANCE", "instance")).resolve()
        database_url = _database_url(env.get("DATABASE_URL", ""), instance)
        settings = cls(
            mode=mode,
            instance=instance,
            database_url=database_url,
            redis_url=env.get("REDIS_URL", ""),
            secret_key=_secret_key(env, mode, instance),
            trusted_hosts=_hosts(env, mode),
            proxy_hops=_whole(env, "LMS_PROXY_HOPS", 0, 0, 5),
            workers=_whole(env, "LMS_WORKERS", 2, 1, 64),
            threads=_whole(env, "LMS_THREADS", 8, 1, 128),
            max_upload_bytes=_whole(env, "LMS_MAX_UPLOAD_MB", 25, 1, 500) * MEBIBYTE,
            transport_grace_seconds=_whole(env, "LMS_GRACE_SECONDS", 10, 0, 120),
            sign_in_hours=_whole(env, "LMS_SIGN_IN_HOURS", 14, 1, 24 * 30),
            time_zone=env.get("LMS_TIME_ZONE", "Asia/Ho_Chi_Minh"),
            log_json=env.get("LMS_LOG_JSON", "") == "1",
            measure=env.get("LMS_MEASURE", "") == "1",
        )
        settings.refuse_nonsense()
        return settings

    def refuse_nonsense(self) -> None:
        """Raise ``BadSettingError`` where single settings contradict each other or the mode."""
        if self.mode is Mode.PRODUCTION and not self.trusted_hosts:
            raise BadSettingError(
                "LMS_HOSTS", "name the host names this server answers to, e.g. hoc.example.vn"
            )
        if self.mode is Mode.DEMO and any(host not in LOOPBACK_HOSTS for host in self.trusted_hosts):
            raise BadSettingError(
                "LMS_MODE", "demo accounts have known passwords; demo runs on this machine only"
            )
        if len(self.secret_key) < 32:  # noqa: PLR2004  (a key of fewer characters can be guessed)
            raise BadSettingError("SECRET_KEY", "at least 32 characters")


def _mode(env: Mapping[str, str]) -> Mode:
    value = env.get("LMS_MODE", Mode.DEVELOPMENT)
    try:
        return Mode(value)
    except ValueError:
        raise BadSettingError("LMS_MODE", f"one of {', '.join(Mode)}, not {value!r}") from None


def _hosts(env: Mapping[str, str], mode: Mode) -> tuple[str, ...]:
    """The host names from the environment; outside production, where none are named, this machine's own."""
    named = tuple(host.strip() for host in env.get("LMS_HOSTS", "").split(",") if host.strip())
    return named or (() if mode is Mode.PRODUCTION else tuple(sorted(LOOPBACK_HOSTS)))


def _whole(env: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    text = env.get(name, "")
    if not text:
        return default
    if not text.isascii() or not text.isdigit() or not low <= int(text) <= high:
        raise BadSettingError(name, f"a whole number from {low} to {high}, not {text!r}")
    return int(text)


def _database_url(url: str, instance: Path) -> str:
    if not url:
        return f"sqlite:///{instance / 'lms.sqlite3'}"
    scheme = urlsplit(url).scheme
    if scheme in {"postgres", "postgresql"}:
        return "postgresql+psycopg://" + url.split("://", 1)[1]
    if scheme not in {"sqlite", "postgresql+psycopg"}:
        raise BadSettingError("DATABASE_URL", "starts with sqlite:/// or postgresql://")
    return url


def _secret_key(env: Mapping[str, str], mode: Mode, instance: Path) -> str:
    """The key from the environment, or from a file that the first start on a single machine writes."""
    if key := env.get("SECRET_KEY", ""):
        return key
    path = instance / "secret_key"
    if not path.exists():
        if mode is Mode.PRODUCTION and env.get("DATABASE_URL", "").startswith("postgres"):
            raise BadSettingError("SECRET_KEY", "set it: several machines must share one key")
        try:
            instance.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:  # another worker was first
            return path.read_text().strip()
        except OSError:
            if mode is Mode.PRODUCTION:
                raise
            return secrets.token_urlsafe(48)  # a read-only place: good for one command, not kept
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()
