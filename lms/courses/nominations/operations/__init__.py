"""Verbs of the room: a list's way, its rows, and taking it in."""

from lms.courses.nominations.operations.lists import (
    JOB,
    begin_list,
    discard,
    forget_abandoned,
    give_back,
    job_key,
    keep_reading,
    send,
    start_reading,
)
from lms.courses.nominations.operations.rows import (
    Typed,
    add_row,
    choose_person,
    choose_unit,
    decide,
    edit_row,
    look_again,
    make_unit,
)
from lms.courses.nominations.operations.seats import too_many
from lms.courses.nominations.operations.taking_in import TakenIn, take_in

__all__ = [
    "JOB",
    "TakenIn",
    "Typed",
    "add_row",
    "begin_list",
    "choose_person",
    "choose_unit",
    "decide",
    "discard",
    "edit_row",
    "forget_abandoned",
    "give_back",
    "job_key",
    "keep_reading",
    "look_again",
    "make_unit",
    "send",
    "start_reading",
    "take_in",
    "too_many",
]
