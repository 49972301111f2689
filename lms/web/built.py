"""Built files under their hashed names, served by the application itself with a year's validity."""

import json
from functools import cache
from pathlib import Path

from flask import Flask, request

BUILT = Path(__file__).parent / "static" / "build"


class MissingBuildError(RuntimeError):
    """The assets were not built."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is not built; run: python -m lms.web.build")


@cache
def manifest() -> dict[str, str]:
    """Names as pages say them → names as they were built; empty before the first build."""
    path = BUILT / "manifest.json"
    names: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    return names


def asset(name: str) -> str:
    """Address of a built file."""
    built = manifest().get(name)
    if built is None:
        raise MissingBuildError(name)
    return f"{request.script_root}/static/build/{built}"


def init_assets(app: Flask) -> None:
    """Offer ``asset()`` to templates."""
    app.add_template_global(asset)
