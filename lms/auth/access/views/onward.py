"""Where to go on after signing in: a path of this site, whatever the address said."""

from flask import url_for

from lms.web.local_paths import stays_here


def safe_next(target: str | None) -> str:
    """A path on this site to go on to; the home page for anything else."""
    return target if target and stays_here(target) else url_for("home.index")
