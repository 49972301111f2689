"""Word 97–2003 files (.doc): turned into .docx by LibreOffice where the machine has it."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from lms.core.intake.guard import RefusedError
from lms.quizzes.interchange.blocks import Source
from lms.quizzes.interchange.docx import read_docx

CONVERSION_SECONDS = 60


def read_doc(path: Path) -> Source:
    """The file's content. Raises ``RefusedError("legacy_doc")`` when no converter is there or it fails."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        raise RefusedError("legacy_doc")
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "source.doc"
        shutil.copyfile(path, copy)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [
            office,
            profile,
            "--headless",
            "--norestore",
            "--convert-to",
            "docx",
            "--outdir",
            folder,
            str(copy),
        ]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=CONVERSION_SECONDS)  # noqa: S603
            return read_docx(Path(folder) / "source.docx")
        except (subprocess.SubprocessError, OSError) as error:
            raise RefusedError("legacy_doc") from error
