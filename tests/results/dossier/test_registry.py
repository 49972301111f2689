"""What is plugged in is there once, however many applications a process makes."""

from lms.results.dossier.builders import plug_in_all
from lms.results.dossier.registry import sources


def test_a_second_application_plugs_in_nothing_twice() -> None:
    plug_in_all()
    before = {item: len(known) for item, known in sources.items()}
    plug_in_all()
    assert {item: len(known) for item, known in sources.items()} == before
    assert set(before.values()) == {1}
