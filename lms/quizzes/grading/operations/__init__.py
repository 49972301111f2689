"""What is done with essays: setting the task, writing and handing in, photographing, marking, publishing."""

from lms.quizzes.grading.operations.marking import (
    OUT_OF_RANGE,
    UNMARKED,
    Marking,
    begin_marking,
    correct_mark,
    give_mark,
    save_mark,
)
from lms.quizzes.grading.operations.opening import close_task, delete_task, open_task, reopen_task
from lms.quizzes.grading.operations.photographing import (
    add_photos,
    hand_in_all,
    hand_in_photos,
    make_covers,
    move_page,
    remove_photo,
)
from lms.quizzes.grading.operations.publishing import join_names, note_export, publish
from lms.quizzes.grading.operations.setting import (
    CriterionInput,
    TaskInput,
    create_task,
    name_graders,
    save_task,
)
from lms.quizzes.grading.operations.writing import (
    MOST_FILES,
    OVER,
    Stale,
    add_file,
    hand_in,
    let_write_again,
    remove_file,
    save_text,
)

__all__ = [
    "MOST_FILES",
    "OUT_OF_RANGE",
    "OVER",
    "UNMARKED",
    "CriterionInput",
    "Marking",
    "Stale",
    "TaskInput",
    "add_file",
    "add_photos",
    "begin_marking",
    "close_task",
    "correct_mark",
    "create_task",
    "delete_task",
    "give_mark",
    "hand_in",
    "hand_in_all",
    "hand_in_photos",
    "join_names",
    "let_write_again",
    "make_covers",
    "move_page",
    "name_graders",
    "note_export",
    "open_task",
    "publish",
    "remove_file",
    "remove_photo",
    "reopen_task",
    "save_mark",
    "save_task",
    "save_text",
]
