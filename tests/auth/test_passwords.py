"""Which passwords are refused, and that the reason is said."""

import pytest

from lms.auth.access.passwords import (
    ABOUT_SELF,
    COMMON,
    PATTERN,
    TOO_LONG,
    TOO_SHORT,
    fits,
    hash_password,
    weakness,
)
from lms.core import seeds

ABOUT = [
    "Nguyễn Văn An",
    "22/11/1979",
    "hv00012",
    "0912345678",
    "Trung tâm Chính trị huyện Ba Vì",
    "Đảng bộ xã Tản Hồng",
]


@pytest.mark.parametrize("password", ["", "ngắn", "k7mpq-29x"])
def test_short_ones(password: str) -> None:
    assert weakness(password, ABOUT) == TOO_SHORT


def test_one_that_is_too_long_to_hash() -> None:
    assert weakness("dài " * 51, ABOUT) == TOO_LONG


@pytest.mark.parametrize(
    "password",
    [
        "Nguyenvanan1979",
        "nguyễnvănan79",
        "an22111979",
        "22111979an",
        "1979nguyenan",
        "vanan221179",
        "nva22111979",
        "0912345678a",
        "hv00012hv00012",
        "tanhong2026",
        "bavì2026bavì",
        "NguyenVanAn!1",
    ],
)
def test_ones_made_of_the_own_name_or_birth_date(password: str) -> None:
    assert weakness(password, ABOUT) == ABOUT_SELF


@pytest.mark.parametrize(
    "password",
    [
        "matkhau123",
        "mậtkhẩu2026",
        "matkhaucuatoi",
        "chinhtri2026",
        "hochiminh1890",
        "toiyeuvietnam",
        "P@ssw0rd2026",
        "qwertyuiop12",
        "1234567890qwe",
    ],
)
def test_ones_that_everybody_takes(password: str) -> None:
    assert weakness(password, ["Lê Thị Tư", "1985"]) == COMMON


@pytest.mark.parametrize("password", ["aaaaaaaaaaaa", "12121212121212"])
def test_ones_that_are_a_pattern(password: str) -> None:
    assert weakness(password, ABOUT) in {PATTERN, COMMON}


@pytest.mark.parametrize(
    "password",
    ["mèo ăn phở ghế tre", "con cò bay lả bay la", "thuyền nan chở nắng", "h7$kQz!m2w", "Bụi tre già 4 gánh"],
)
def test_good_ones_are_taken(password: str) -> None:
    assert weakness(password, ABOUT) is None


def test_a_slip_is_never_weak() -> None:
    assert all(weakness(seeds.one_time_password(), ABOUT) is None for _ in range(50))


def test_no_password_fits_an_account_that_has_none() -> None:
    assert not fits("", "")
    assert not fits("", "no such person, the same work all the same")
    assert not fits("not a hash", "x")
    assert fits(hash_password("thuyền nan chở nắng"), "thuyền nan chở nắng")
