import re

from lms.core import seeds


def test_tokens_are_unambiguous_and_differ() -> None:
    made = {seeds.token(12) for _ in range(2000)}
    assert len(made) == 2000
    assert set("".join(made)) == set(seeds.ALPHABET)
    assert not set("ilou") & set(seeds.ALPHABET)


def test_a_token_typed_by_hand_is_understood() -> None:
    assert seeds.normalise_token(" K7M O1-IL ") == "k7m01-11"
    one = seeds.one_time_password()
    assert re.fullmatch(r"[0-9a-z]{5}-[0-9a-z]{5}", one)
    assert seeds.normalise_token(one.upper()) == one


def test_secrets_and_pins_have_their_size() -> None:
    assert len(seeds.secret()) == 43
    assert {len(seeds.pin()) for _ in range(200)} == {6}
    assert all(seeds.pin(4).isdigit() for _ in range(200))


def test_a_new_seed_fits_its_column_and_differs() -> None:
    made = {seeds.new_seed() for _ in range(1000)}
    assert len(made) == 1000
    assert all(0 <= seed < 2**63 for seed in made)
