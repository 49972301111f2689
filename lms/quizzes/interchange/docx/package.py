"""The zip of a Word file: its XML parts, its relations, its pictures."""

import hashlib
import posixpath
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from lms.core.intake.guard import RefusedError
from lms.core.intake.word import PACKAGE, main_part, read_xml
from lms.quizzes.interchange.blocks import Picture

if TYPE_CHECKING:
    from lxml.etree import _Element

MEDIA_TYPES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "bmp": "image/bmp",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "svg": "image/svg+xml",
    "wmf": "image/x-wmf",
    "emf": "image/x-emf",
    "webp": "image/webp",
}
SHOWN = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})


@dataclass(slots=True)
class Package:
    """The parts that matter. Pictures are collected when a text first mentions them."""

    archive: zipfile.ZipFile
    main: str
    relations: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, Picture] = field(default_factory=dict)

    def part(self, name: str) -> "_Element | None":
        """A part of the main document's folder as XML; None when there is none."""
        return read_xml(self.archive, posixpath.join(posixpath.dirname(self.main), name))

    def document(self) -> "_Element":
        """The main document."""
        root = read_xml(self.archive, self.main)
        if root is None:
            raise RefusedError("file_broken")
        return root

    def picture(self, relation: str | None) -> Picture | None:
        """The picture behind a relation's id, named by its own digest so that names never clash."""
        target = self.relations.get(relation or "")
        if target is None:
            return None
        try:
            data = self.archive.read(target)
        except KeyError:
            return None
        extension = target.rsplit(".", 1)[-1].lower()
        digest = hashlib.sha256(data).hexdigest()
        name = f"{digest[:16]}.{extension if extension in MEDIA_TYPES else 'bin'}"
        known = self.pictures.get(name)
        if known is None:
            known = Picture(name, MEDIA_TYPES.get(extension, "application/octet-stream"), data, digest)
            self.pictures[name] = known
        return known


def open_package(path: Path) -> Package:
    """The package at ``path``; the caller closes its archive. Raises ``RefusedError`` when it holds no document."""
    archive = zipfile.ZipFile(path)
    try:
        package = Package(archive, main_part(archive))
        _relate(package)
    except BaseException:
        archive.close()
        raise
    return package


def _relate(package: Package) -> None:
    """Take in what the main document's relations lead to."""
    folder, base = posixpath.split(package.main)
    relations = package.part(f"_rels/{base}.rels")
    if relations is not None:
        for relation in relations.iter(f"{PACKAGE}Relationship"):
            target = relation.get("Target", "")
            if relation.get("TargetMode") != "External":
                resolved = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                package.relations[relation.get("Id", "")] = posixpath.normpath(resolved)
