"""The menu shows where one is: on the pages that other rooms give a class, too."""

from flask import Flask

from lms.core.actor import Role
from tests.visitor import Visitor
from tests.world import World


def current(visitor: Visitor, url: str) -> list[str]:
    found = visitor.page(url).xpath('//nav[@id="nav"]//a[@aria-current]')
    return [str(link.get("href")) for link in found]


def test_a_class_stays_the_current_section_on_all_its_pages(app: Flask, world: World) -> None:
    centre = world.centre()
    key = world.course_class(centre).public_id
    staff = Visitor(app).sign_in_as(world.person(Role.STAFF, centre))
    for page in ("", "/timetable", "/attendance", "/study", "/essays", "/exams", "/letters", "/dossier"):
        assert current(staff, f"/classes/{key}{page}") == ["/classes"], page
    assert current(staff, "/classes") == ["/classes"]
    assert current(staff, "/results") == ["/results"]
