"""How far a job is, told to the person who asked for it and to nobody else."""

from flask import Flask

from lms.auth.accounts.models import Account
from lms.core.actor import Role
from lms.core.db import UnitOfWork
from lms.core.messages import Message
from lms.jobs import texts
from lms.jobs.models import Job, JobState
from lms.jobs.operations import enqueue
from tests.visitor import Visitor
from tests.world import World

JSON = {"Accept": "application/json"}


def ask(creator: Account | None, **values: object) -> Job:
    with UnitOfWork():
        job = enqueue(kind="test", payload={}, actor_id=creator.id if creator else None)
        for name, value in values.items():
            setattr(job, name, value)
    return job


def test_the_creator_sees_how_far_it_is(app: Flask, world: World) -> None:
    lecturer = world.person(Role.LECTURER, world.centre())
    message = texts.write(Message("Đang đọc trang %(page)s", {"page": 3}))
    job = ask(lecturer, progress=3, total=10, message=message, state=JobState.RUNNING)
    response = Visitor(app).sign_in_as(lecturer).get(f"/jobs/{job.public_id}", headers=JSON)
    assert response.json == {
        "done": 3,
        "total": 10,
        "message": "Đang đọc trang 3",
        "state": "running",
        "next_url": None,
    }
    assert response.headers["Cache-Control"] == "no-store"


def test_a_done_job_says_where_to_go(app: Flask, world: World) -> None:
    lecturer = world.person(Role.LECTURER, world.centre())
    visitor = Visitor(app).sign_in_as(lecturer)
    job = ask(lecturer, state=JobState.DONE, result={"next_url": "/bank/imports/x"})
    assert (visitor.get(f"/jobs/{job.public_id}", headers=JSON).json or {})["next_url"] == "/bank/imports/x"
    evil = ask(lecturer, state=JobState.DONE, result={"next_url": "//evil.example/"})
    assert (visitor.get(f"/jobs/{evil.public_id}", headers=JSON).json or {})["next_url"] is None


def test_somebody_elses_job_and_the_softwares_own_are_not_there(app: Flask, world: World) -> None:
    centre = world.centre()
    lecturer = world.person(Role.LECTURER, centre)
    visitor = Visitor(app).sign_in_as(world.person(Role.ADMIN, centre))
    for job in (ask(lecturer), ask(None)):
        visitor.get(f"/jobs/{job.public_id}", 404, headers=JSON)
        visitor.get(f"/jobs/{job.id}", 404, headers=JSON)


def test_a_stranger_may_not(app: Flask, stranger: Visitor) -> None:
    stranger.get(f"/jobs/{ask(None).public_id}", 401, headers=JSON)
