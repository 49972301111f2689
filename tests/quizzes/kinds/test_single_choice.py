import pytest

from lms.quizzes import kinds
from lms.quizzes.kinds.documents import choice_content

KIND = kinds.get("single_choice")
CONTENT = choice_content("<p>Đảng thành lập năm nào?</p>", ["1930", "1945", "1954", "1975"])


def codes(content: dict[str, object], key: dict[str, object]) -> list[tuple[str, str | None]]:
    return [(problem.code, problem.field) for problem in KIND.check(content, key)]


def test_options_get_letters_of_the_author_and_of_the_place() -> None:
    shown = KIND.present(CONTENT, 5, shuffle=True)
    assert shown.widget == "radio"
    assert "".join(option.letter for option in shown.options) == "ABCD"
    assert sorted(option.id for option in shown.options) == list("abcd")
    assert {option.text for option in shown.options} == {"1930", "1945", "1954", "1975"}
    plain = KIND.present(CONTENT, 5, shuffle=False).options
    assert [option.id for option in plain] == list("abcd")


def test_some_seed_moves_the_first_option() -> None:
    firsts = {KIND.present(CONTENT, seed, shuffle=True).options[0].id for seed in range(60)}
    assert firsts == set("abcd")


@pytest.mark.parametrize(
    ("content", "key", "expected"),
    [
        (CONTENT, {"correct": ["a"]}, []),
        (CONTENT, {}, [("key_missing", "options")]),
        (CONTENT, {"correct": ["a", "b"]}, [("key_many", "options")]),
        (CONTENT, {"correct": ["e"]}, [("key_unknown", "options")]),
        (choice_content("", ["x", "y"]), {"correct": ["a"]}, [("stem_missing", "stem")]),
        (choice_content("?", ["x"]), {"correct": ["a"]}, [("options_few", "options")]),
        (choice_content("?", ["x", " ", "y"]), {"correct": ["a"]}, [("option_empty", "options.b")]),
        (
            choice_content("?", ["Đảng", "đảng", "y"]),
            {"correct": ["c"]},
            [("option_repeated", "options.a"), ("option_repeated", "options.b")],
        ),
        (choice_content("?", [str(n) for n in range(13)]), {"correct": ["a"]}, [("options_many", "options")]),
        (
            {"stem": "?", "options": [{"id": "a", "text": "x"}, {"id": "a", "text": "y"}]},
            {"correct": ["a"]},
            [("option_ids", "options")],
        ),
    ],
)
def test_what_is_wrong_is_said_and_where(
    content: dict[str, object], key: dict[str, object], expected: list[tuple[str, str | None]]
) -> None:
    assert codes(content, key) == expected


def test_an_image_is_a_stem_and_an_option() -> None:
    image = '<img src="/files/ab/c.png" alt="">'
    assert codes(choice_content(image, [image, "x"]), {"correct": ["a"]}) == []


def test_an_option_that_does_not_exist_is_refused_where_the_question_is_known() -> None:
    assert KIND.parse("z") == "z"
    with pytest.raises(kinds.MalformedAnswer):
        KIND.parse("z", CONTENT)
    assert KIND.grade(CONTENT, {"correct": ["a"]}, "z") == 0


def test_a_form_posts_one_value_or_none() -> None:
    assert KIND.from_form([]) is None
    assert KIND.from_form([""]) is None
    assert KIND.from_form(["b"]) == "b"
    with pytest.raises(kinds.MalformedAnswer):
        KIND.from_form(["a", "b"])


def test_html_of_a_question_is_cleaned_when_it_is_built() -> None:
    content = choice_content(
        "<p onclick=x>Hỏi</p><script>1</script>", ["<b>đúng</b><iframe></iframe>", "sai"]
    )
    assert content["stem"] == "<p>Hỏi</p>"
    assert content["options"] == [
        {"id": "a", "text": "<b>đúng</b>", "pinned": False},
        {"id": "b", "text": "sai", "pinned": False},
    ]
