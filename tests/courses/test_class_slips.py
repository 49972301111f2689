"""Slips for a whole class, from its page."""

from flask import Flask

from lms.core.actor import Role
from tests.visitor import Visitor
from tests.world import World

BUTTON = '//form[.//button[contains(., "In phiếu đăng nhập")]]'


def test_staff_print_slips_for_everybody_in_the_class(app: Flask, world: World) -> None:
    centre = world.centre()
    course_class = world.course_class(centre)
    learners = [world.learner(centre, course_class, f"Học Viên {number}") for number in range(3)]
    world.learner(centre, name="Người Ngoài")
    staff = Visitor(app).sign_in_as(world.person(Role.STAFF, centre))
    [form] = staff.page(f"/classes/{course_class.public_id}").xpath(BUTTON)
    sent = {name: form.xpath(f'.//input[@name="{name}"]/@value') for name in ("keys", "only")}
    sheet = staff.post(form.get("action"), sent, 200).get_data(as_text=True)
    assert sheet.count("slip-typed") == len(learners)
    assert all(learner.full_name in sheet for learner in learners)
    assert "Người Ngoài" not in sheet


def test_an_empty_class_and_those_who_print_none_have_no_button(app: Flask, world: World) -> None:
    centre = world.centre()
    course_class = world.course_class(centre)
    staff = Visitor(app).sign_in_as(world.person(Role.STAFF, centre))
    assert not staff.page(f"/classes/{course_class.public_id}").xpath(BUTTON)
    world.learner(centre, course_class)
    for role in (Role.LECTURER, Role.OVERSEER):
        visitor = Visitor(app).sign_in_as(world.person(role, centre))
        assert not visitor.page(f"/classes/{course_class.public_id}").xpath(BUTTON)
