"""PDF by typst: a template (``.typ``) of the room that prints, and plain data for it.

A template begins with ``#import "/official.typ": *`` for the house's page, heading and tables, and takes its data with
``#let data = json(bytes(sys.inputs.data))``. Texts come in translated; a template holds layout only.
"""

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
LIBRARY = "official.typ"


@dataclass
class _Press:
    """One compiler a template, kept: making one costs more than setting a page. One page is set at a time."""

    fonts: Path | None = None
    compilers: dict[Path, Any] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)


_press = _Press()


def configure(fonts: Path) -> None:
    """Say which folder holds the letter fonts."""
    _press.fonts = fonts
    _press.compilers.clear()


def pdf(template: Path, data: Mapping[str, Any], pictures: Mapping[str, bytes] | None = None) -> bytes:
    """The PDF of ``template`` filled with ``data`` (JSON values).

    ``pictures`` are offered as files under ``/pictures/NAME``.

    Raises:
        typst.TypstError: the template is wrong; a mistake of ours, not the reader's.
    """
    import typst  # noqa: PLC0415  (heavy engine)

    if _press.fonts is None:
        raise RuntimeError("core.typesetting.configure() was not called")
    make: Any = typst.Compiler  # its stub knows no files held in memory
    files = _files(template, pictures or {})
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    with _press.lock:
        compiler = _press.compilers.get(template)
        if compiler is None or pictures:
            compiler = make(
                files, font_paths=[str(_press.fonts)], ignore_system_fonts=True, sys_inputs=inputs
            )
        if not pictures:
            _press.compilers[template] = compiler
        return bytes(compiler.compile(files, sys_inputs=inputs))


def _files(template: Path, pictures: Mapping[str, bytes]) -> dict[str, bytes]:
    """What the compiler sees: the template, the house's library and the pictures; no file of the machine."""
    return {
        "main.typ": template.read_bytes(),
        LIBRARY: (HERE / LIBRARY).read_bytes(),
        **{f"pictures/{name}": data for name, data in pictures.items()},
    }
