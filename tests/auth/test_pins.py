"""Slips for learners: a code opens a page once, on any phone, and the PIN set there signs in."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
import sqlalchemy as sa
from flask import Flask

from lms.audit.queries import trail
from lms.auth.access.passwords import fits, hash_password
from lms.auth.access.throttle import PIN, PIN_ADDRESS, count_failure, watched_pin_address
from lms.auth.accounts.models import Account, AccountState, NameKind, RoleGrant, SecretKind
from lms.auth.pins.jobs import purge
from lms.auth.pins.models import PinInvitation
from lms.auth.pins.operations import KEPT, VALID_DAYS, Invitation, invite, set_pin
from lms.auth.pins.queries import token_hash
from lms.auth.pins.weakness import COMMON
from lms.auth.units.models import Unit
from lms.core import clock
from lms.core.actor import Role
from lms.core.db import UnitOfWork, db
from lms.core.errors import Closed, NotAllowed
from tests.auth.people import WRONG, also_called, code_of, is_in, sessions, sign_in, with_password
from tests.visitor import Visitor
from tests.world import World

PIN_CODE, OTHER_PIN, WRONG_PIN = "482915", "730264", "591837"
TYPED = re.compile(r'<code class="slip-typed">([0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4})</code>')
NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)


@pytest.fixture
def centre(world: World) -> Unit:
    return world.centre()


@pytest.fixture
def staff(app: Flask, world: World, centre: Unit) -> Visitor:
    return Visitor(app).sign_in_as(world.person(Role.STAFF, centre, "Giáo Vụ"))


@pytest.fixture
def learner(world: World, centre: Unit) -> Account:
    return world.learner(centre, name="Trần Thị Bình")


def _slip(staff: Visitor, account: Account) -> str:
    """The token of a slip, printed now."""
    page = staff.post(f"/accounts/{account.public_id}/slip", status=200).get_data(as_text=True)
    [typed] = TYPED.findall(page)
    return str(typed).replace("-", "")


def _set(visitor: Visitor, token: str, pin: str = PIN_CODE, status: int = 302) -> str:
    return visitor.post(f"/pin/{token}", {"pin": pin}, status).get_data(as_text=True)


def _with_pin(account: Account, pin: str = PIN_CODE) -> Account:
    with UnitOfWork():
        account.password_hash, account.secret_kind = hash_password(pin), SecretKind.PIN
    return account


def test_from_the_slip_to_the_pin_and_in(
    app: Flask, staff: Visitor, learner: Account, stranger: Visitor
) -> None:
    before = Visitor(app).sign_in_as(learner)
    token = _slip(staff, learner)
    page = stranger.get(f"/pin/{token}").get_data(as_text=True)
    assert "Trần Thị Bình" in page
    assert 'inputmode="numeric"' in page
    assert 'autocomplete="new-password"' in page
    _set(stranger, token, "482 915")
    assert "Trần Thị Bình" in stranger.get("/account").get_data(as_text=True)
    assert not is_in(before), "older sessions end"
    assert learner.secret_kind is SecretKind.PIN
    assert not learner.must_change_password
    again = Visitor(app)
    sign_in(again, code_of(learner), PIN_CODE)
    assert is_in(again)


def test_the_sheet_says_all_that_is_needed(staff: Visitor, learner: Account) -> None:
    page = staff.post(f"/accounts/{learner.public_id}/slip", status=200).get_data(as_text=True)
    [typed] = TYPED.findall(page)
    for words in (
        "Trung tâm Chính trị thử nghiệm",
        "Trần Thị Bình",
        code_of(learner),
        "localhost/pin",
        "Dùng một lần, đến",
        "data:image/svg+xml",
        "Chép tin gửi Zalo",
    ):
        assert words in page, words
    assert f"http://localhost/pin/{typed.replace('-', '')}" in page


def test_only_a_digest_is_kept_and_who_printed_is_recorded(staff: Visitor, learner: Account) -> None:
    token = _slip(staff, learner)
    [kept] = db.session.scalars(sa.select(PinInvitation)).all()
    assert kept.token_hash == token_hash(token)
    [event] = trail("account", learner.id)
    assert (event.action, event.actor_name) == ("account.pin_invited", "Giáo Vụ")
    assert token not in f"{kept.__dict__}{event.data}"


def test_looking_spends_nothing(app: Flask, staff: Visitor, learner: Account) -> None:
    """In-app browsers fetch an address before anybody taps it."""
    token = _slip(staff, learner)
    for _ in range(3):
        Visitor(app).get(f"/pin/{token}")
        Visitor(app).send("HEAD", f"/pin/{token}")
    assert sessions() == 1, "staff's own"
    _set(Visitor(app), token)


def test_a_slip_works_once(app: Flask, staff: Visitor, learner: Account) -> None:
    token = _slip(staff, learner)
    _set(Visitor(app), token)
    thief = Visitor(app)
    assert "đã dùng rồi" in _set(thief, token, OTHER_PIN, 410)
    way_in = Visitor(app).page(f"/pin/{token}", 410).xpath("//main//a[contains(@class, 'btn-primary')]/@href")
    assert way_in == ["/sign-in"], "whoever scans it again comes to learn"
    page = thief.get(f"/pin/{token}", 410).get_data(as_text=True)
    assert "xin giáo vụ in phiếu mới" in page
    assert "Phiếu được dùng lúc" in page, "its owner sees when somebody else used it"
    assert not is_in(thief)
    assert fits(learner.password_hash, PIN_CODE)


def test_a_newer_slip_voids_the_older(app: Flask, staff: Visitor, learner: Account) -> None:
    first, second = _slip(staff, learner), _slip(staff, learner)
    assert "thay bằng phiếu mới hơn" in _set(Visitor(app), first, status=410)
    _set(Visitor(app), second)


def test_a_slip_is_good_for_its_days(app: Flask, staff: Visitor, learner: Account) -> None:
    with clock.frozen(clock.now()) as hands:
        token = _slip(staff, learner)
        hands.tick(VALID_DAYS * 86_400 - 1)
        Visitor(app).get(f"/pin/{token}")
        hands.tick(1)
        assert "đã hết hạn" in _set(Visitor(app), token, status=410)


def test_the_present_pin_is_good_until_the_slip_is_used(app: Flask, staff: Visitor, learner: Account) -> None:
    _with_pin(learner, OTHER_PIN)
    _slip(staff, learner)
    sign_in(Visitor(app), code_of(learner), OTHER_PIN)


@pytest.mark.parametrize("typed", ["{}-{}-{}", " {} {} {} ", "{}{}{}"])
def test_the_code_may_be_typed(app: Flask, staff: Visitor, learner: Account, typed: str) -> None:
    token = _slip(staff, learner)
    code = typed.format(token[:4], token[4:8], token[8:]).upper().replace("0", "O")
    visitor = Visitor(app)
    answer = visitor.get("/pin", 302, query_string={"code": code})
    assert answer.headers["Location"] == f"/pin/{token}"
    visitor.get(answer.headers["Location"])


def test_a_code_that_nobody_printed(stranger: Visitor) -> None:
    assert "Không có phiếu nào mang mã này" in stranger.get("/pin/abcdefgh1234", 404).get_data(as_text=True)
    _set(stranger, "abcdefgh1234", status=404)
    assert sessions() == 0


def test_a_weak_pin_is_refused_with_its_reason_and_the_slip_stays(
    app: Flask, staff: Visitor, learner: Account
) -> None:
    with UnitOfWork():
        learner.born = "22/11/1979"
    token = _slip(staff, learner)
    for weak, reason in (
        ("111111", "đều đặn"),
        ("221179", "ngày sinh"),
        (code_of(learner)[2:] + "7", "mã học viên"),
        ("300475", COMMON),
        ("12345", "đúng 6 chữ số"),
        ("", "Hãy nhập 6 chữ số"),
    ):
        assert reason in _set(Visitor(app), token, weak, 422), weak
    _set(Visitor(app), token)


def test_without_the_forms_token_nothing_is_set(app: Flask, staff: Visitor, learner: Account) -> None:
    token = _slip(staff, learner)
    assert Visitor(app).send("POST", f"/pin/{token}", data={"pin": PIN_CODE}).status_code == 400
    assert learner.password_hash == ""


def test_whoever_was_signed_in_on_that_phone_is_signed_out(
    app: Flask, world: World, centre: Unit, staff: Visitor, learner: Account
) -> None:
    shared = Visitor(app).sign_in_as(world.learner(centre, name="Lê Thị Tư"))
    token = _slip(staff, learner)
    assert "Lê Thị Tư" in shared.get(f"/pin/{token}").get_data(as_text=True)
    _set(shared, token)
    assert "Trần Thị Bình" in shared.get("/account").get_data(as_text=True)
    assert sessions() == 2, "staff and the slip's owner"


def _invited(world: World, staff: Account, learner: Account) -> Invitation:
    with UnitOfWork():
        [made] = invite(actor=world.actor(staff), accounts=[learner])
    return made


def test_of_two_posts_of_one_slip_one_wins(app: Flask, world: World, centre: Unit, learner: Account) -> None:
    token = _invited(world, world.person(Role.STAFF, centre), learner).token
    start, outcomes = Barrier(2), []

    def use(pin: str) -> None:
        with app.app_context():
            start.wait()
            try:
                with UnitOfWork():
                    set_pin(token=token, pin_hash=pin, counters=[], hours=1, browser="", previous=None)
                outcomes.append(pin)
            except Closed:
                outcomes.append("closed")
            db.session.remove()

    db.session.remove()
    threads = [Thread(target=use, args=(pin,)) for pin in ("first", "second")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert min(outcomes) == "closed"
    assert len(set(outcomes)) == 2
    [account_id] = db.session.scalars(sa.select(PinInvitation.account_id)).all()
    assert db.session.get_one(Account, account_id).password_hash in outcomes
    assert sessions() == 1


@pytest.mark.parametrize("state", ["suspended", "more than a learner"])
def test_a_slip_of_one_who_may_have_no_pin(
    app: Flask, centre: Unit, staff: Visitor, learner: Account, state: str
) -> None:
    token = _slip(staff, learner)
    with UnitOfWork():
        if state == "suspended":
            learner.state = AccountState.SUSPENDED
        else:
            db.session.add(RoleGrant(account_id=learner.id, role=Role.LECTURER, unit_id=centre.id))
    words = "đang bị khóa" if state == "suspended" else "cần mật khẩu"
    assert words in _set(Visitor(app), token, status=410)
    assert learner.password_hash == ""


def test_a_pin_opens_nothing_for_one_who_became_more(
    app: Flask, world: World, centre: Unit, learner: Account
) -> None:
    _with_pin(learner)
    with UnitOfWork():
        db.session.add(RoleGrant(account_id=learner.id, role=Role.STAFF, unit_id=centre.id))
    answer = sign_in(Visitor(app), code_of(learner), PIN_CODE, 422).get_data(as_text=True)
    assert "Tài khoản này cần mật khẩu" in answer
    assert "cần mật khẩu" not in sign_in(Visitor(app), code_of(learner), WRONG_PIN, 422).get_data(
        as_text=True
    )
    assert sessions() == 0


def test_on_a_shared_phone_the_pin_says_who_it_is(app: Flask, world: World, centre: Unit) -> None:
    people = [_with_pin(world.learner(centre, name=name), pin) for name, pin in
              (("Trần Văn Ba", PIN_CODE), ("Lê Thị Tư", OTHER_PIN))]  # fmt: skip
    for one in people:
        also_called(one, NameKind.PHONE, "0912345678")
    for one, pin in zip(people, (PIN_CODE, "730 264"), strict=True):
        visitor = Visitor(app)
        sign_in(visitor, "0912 345 678", pin)
        assert one.full_name in visitor.get("/account").get_data(as_text=True)


class TestGuessing:
    """Six digits are few: what counts is the account, by whichever name, for a whole day."""

    @pytest.fixture(autouse=True)
    def _at_noon(self) -> Iterator[None]:
        with clock.frozen(NOON) as self.hands:
            yield

    def test_after_a_few_wrong_pins_the_right_one_waits(self, app: Flask, learner: Account) -> None:
        name = code_of(_with_pin(learner))
        for _ in range(PIN.free):
            sign_in(Visitor(app), name, WRONG_PIN, 422)
        assert sign_in(Visitor(app), name, PIN_CODE, 429).headers["Retry-After"] == "300"
        self.hands.tick(301)
        sign_in(Visitor(app), name, PIN_CODE)

    def test_other_names_of_the_account_are_no_way_around(self, app: Flask, learner: Account) -> None:
        also_called(_with_pin(learner), NameKind.PHONE, "0912345678")
        for _ in range(PIN.free):
            sign_in(Visitor(app), code_of(learner), WRONG_PIN, 422)
        sign_in(Visitor(app), "0912345678", PIN_CODE, 429)

    def test_no_more_than_32_tries_a_day(self, app: Flask, learner: Account) -> None:
        name, visitor, tries = code_of(_with_pin(learner)), Visitor(app), 0
        while clock.now() < NOON + timedelta(days=1):
            data = {"csrf_token": visitor.csrf, "name": name, "password": WRONG_PIN}
            answer = visitor.send("POST", "/sign-in", data=data)
            tries += answer.status_code == 422
            self.hands.tick(int(answer.headers.get("Retry-After", "0")))
        assert PIN.free < tries <= 32

    def test_nobody_learns_from_the_wait_whether_there_is_such_a_learner(
        self, app: Flask, learner: Account
    ) -> None:
        waits = []
        for name in (code_of(_with_pin(learner)), "hv99999"):
            for _ in range(PIN.free):
                sign_in(Visitor(app), name, WRONG_PIN, 422)
            waits.append(sign_in(Visitor(app), name, WRONG_PIN, 429).headers["Retry-After"])
        assert waits[0] == waits[1]

    def test_one_who_shares_the_phone_is_not_locked_out_by_guesses_at_the_other(
        self, app: Flask, world: World, centre: Unit, learner: Account
    ) -> None:
        other = _with_pin(world.learner(centre, name="Lê Thị Tư"), OTHER_PIN)
        for one in (_with_pin(learner), other):
            also_called(one, NameKind.PHONE, "0912345678")
        for _ in range(PIN.free):
            sign_in(Visitor(app), code_of(learner), WRONG_PIN, 422)
        sign_in(Visitor(app), "0912345678", OTHER_PIN)
        sign_in(Visitor(app), "0912345678", PIN_CODE, 422)

    def test_his_own_success_clears_nobody_elses_counter(
        self, app: Flask, world: World, centre: Unit, learner: Account
    ) -> None:
        """Else whoever shares a phone could go on guessing at the other for ever."""
        other = _with_pin(world.learner(centre, name="Lê Thị Tư"), OTHER_PIN)
        for one in (_with_pin(learner), other):
            also_called(one, NameKind.PHONE, "0912345678")
        for _ in range(PIN.free):
            sign_in(Visitor(app), "0912345678", WRONG_PIN, 422)
            sign_in(Visitor(app), "0912345678", OTHER_PIN)
        sign_in(Visitor(app), code_of(learner), PIN_CODE, 429)

    def test_an_address_that_tries_one_pin_on_everybody_waits(self, app: Flask, learner: Account) -> None:
        watched = [watched_pin_address("127.0.0.1", app.config["SECRET_KEY"])]
        with UnitOfWork():
            for _ in range(PIN_ADDRESS.free):
                count_failure(watched=watched)
        sign_in(Visitor(app), code_of(_with_pin(learner)), PIN_CODE, 429)
        Visitor(app).post("/pin/abcdefgh1234", {"pin": PIN_CODE}, 429)

    def test_a_hall_that_mistypes_once_each_is_let_in(self, app: Flask, learner: Account) -> None:
        watched = [watched_pin_address("127.0.0.1", app.config["SECRET_KEY"])]
        with UnitOfWork():
            for _ in range(300):
                count_failure(watched=watched)
        sign_in(Visitor(app), code_of(_with_pin(learner)), PIN_CODE)

    def test_passwords_are_none_of_this(self, app: Flask, learner: Account) -> None:
        name = code_of(with_password(learner))
        for _ in range(PIN.free):
            sign_in(Visitor(app), name, WRONG_PIN, 422)
        self.hands.tick(61)
        sign_in(Visitor(app), name)

    def test_a_new_slip_ends_the_wait(self, app: Flask, staff: Visitor, learner: Account) -> None:
        name = code_of(_with_pin(learner))
        for _ in range(PIN.free):
            sign_in(Visitor(app), name, WRONG_PIN, 422)
        _set(Visitor(app), _slip(staff, learner), OTHER_PIN)
        sign_in(Visitor(app), name, OTHER_PIN)


def _change(visitor: Visitor, present: str = PIN_CODE, pin: str = OTHER_PIN, status: int = 302) -> str:
    return visitor.post("/account/pin", {"present": present, "pin": pin}, status).get_data(as_text=True)


def test_the_own_pin_is_changed_by_who_knows_it(app: Flask, learner: Account) -> None:
    here, elsewhere = (Visitor(app).sign_in_as(_with_pin(learner)) for _ in range(2))
    assert "Đổi mã PIN" in here.get("/account").get_data(as_text=True)
    here.get("/account/pin")
    assert "Mã đang dùng chưa đúng" in _change(here, WRONG_PIN, status=422)
    assert "phải khác" in _change(here, pin=PIN_CODE, status=422)
    assert "đều đặn" in _change(here, pin="123456", status=422)
    _change(here)
    assert is_in(here)
    assert not is_in(elsewhere)
    assert fits(learner.password_hash, OTHER_PIN)


def test_the_own_pin_cannot_be_guessed_from_inside(app: Flask, learner: Account) -> None:
    visitor = Visitor(app).sign_in_as(_with_pin(learner))
    with clock.frozen(clock.now()):
        for _ in range(PIN.free):
            _change(visitor, WRONG_PIN, status=422)
        _change(visitor, status=429)
        sign_in(Visitor(app), code_of(learner), PIN_CODE, 429)


def test_a_learner_with_a_password_may_take_a_pin(app: Flask, learner: Account) -> None:
    visitor = Visitor(app).sign_in_as(with_password(learner, WRONG))
    assert "Dùng mã PIN 6 số" in visitor.get("/account").get_data(as_text=True)
    _change(visitor, WRONG)
    sign_in(Visitor(app), code_of(learner), OTHER_PIN)


def test_a_password_takes_the_pins_place(app: Flask, learner: Account) -> None:
    visitor, new = Visitor(app).sign_in_as(_with_pin(learner)), "thuyền nan chở nắng"
    visitor.post("/password", {"present": PIN_CODE, "new": new, "again": new})
    assert learner.secret_kind is SecretKind.PASSWORD


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.LEARNER])
def test_nobody_else_has_a_pin(app: Flask, world: World, centre: Unit, role: Role) -> None:
    alone = Visitor(app).sign_in_as(with_password(world.person(role, centre), WRONG))
    _change(alone, WRONG, status=403)
    both = world.account("Hai Vai", centre, {Role.LEARNER: centre, role: centre})
    visitor = Visitor(app).sign_in_as(with_password(both, WRONG))
    _change(visitor, WRONG, status=403)
    assert "mã PIN" not in visitor.get("/account").get_data(as_text=True)
    with pytest.raises(NotAllowed), UnitOfWork():
        invite(actor=world.actor(world.person(Role.ADMIN, centre)), accounts=[both])


def test_a_sheet_of_learners_and_others(world: World, centre: Unit, staff: Visitor) -> None:
    learners = [world.learner(centre, name=f"Học Viên {n}") for n in range(3)]
    lecturer = with_password(world.person(Role.LECTURER, centre, "Giảng Viên"), WRONG)
    keys = [one.public_id for one in (*learners, lecturer)]
    page = staff.post("/accounts/slips", {"keys": keys}, 200).get_data(as_text=True)
    assert len(set(TYPED.findall(page))) == 3
    assert "Mật khẩu một lần:" in page
    assert not fits(lecturer.password_hash, WRONG)


def test_a_class_of_learners_leaves_the_others_their_passwords(
    world: World, centre: Unit, staff: Visitor
) -> None:
    learner = world.learner(centre)
    leader = with_password(
        world.account("Hai Vai", centre, {Role.LEARNER: centre, Role.LEADER: centre}), WRONG
    )
    data = {"keys": [learner.public_id, leader.public_id], "only": "learners"}
    page = staff.post("/accounts/slips", data, 200).get_data(as_text=True)
    assert len(TYPED.findall(page)) == 1
    assert "Không in phiếu cho 1 người" in page
    assert "Hai Vai" in page
    assert fits(leader.password_hash, WRONG)


def test_a_foreign_learner_gets_no_slip(world: World, staff: Visitor) -> None:
    foreign = world.learner(world.centre("Trung tâm khác"))
    staff.post(f"/accounts/{foreign.public_id}/slip", status=404)
    assert not db.session.scalars(sa.select(PinInvitation)).all()


@pytest.mark.parametrize("role", [Role.LEARNER, Role.LECTURER, Role.UNIT, Role.OVERSEER, Role.LEADER])
def test_others_print_none(app: Flask, world: World, centre: Unit, learner: Account, role: Role) -> None:
    Visitor(app).sign_in_as(world.person(role, centre)).post(
        f"/accounts/{learner.public_id}/slip", status=403
    )
    with pytest.raises(NotAllowed), UnitOfWork():
        invite(actor=world.actor(world.person(role, centre)), accounts=[learner])


def test_old_slips_are_dropped(world: World, centre: Unit, learner: Account) -> None:
    staff = world.person(Role.STAFF, centre)
    with clock.frozen(NOON) as hands:
        _invited(world, staff, learner)
        hands.tick((KEPT + timedelta(days=VALID_DAYS)).total_seconds() + 1)
        _invited(world, staff, learner)
        with UnitOfWork():
            purge()
        assert len(db.session.scalars(sa.select(PinInvitation)).all()) == 1
