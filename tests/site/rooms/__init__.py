"""What each room adds to the tests of the whole site: ``ROWS`` (its addresses) and ``furnish(builder)`` (its rows)."""

import importlib
import pkgutil
from types import ModuleType


def room_files() -> list[ModuleType]:
    """The modules of this folder, by name."""
    names = sorted(found.name for found in pkgutil.iter_modules(__path__))
    return [importlib.import_module(f"{__name__}.{name}") for name in names]
