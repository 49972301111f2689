"""Staff print covers, photograph in sequence and hand in what was written by hand."""

import io

import pytest
from pypdf import PdfReader

from lms.core import files
from lms.core.actor import Role
from lms.core.db import UnitOfWork
from lms.core.errors import Invalid
from lms.quizzes.grading import operations, photos, queries
from lms.quizzes.grading.models import EssayTask, Submission, SubmissionState
from tests.quizzes.grading.stories import EssayStory, picture, writing


def covers(told: EssayStory, task: EssayTask) -> dict[str, Submission]:
    """The covers' rows by the learner's name."""
    with UnitOfWork():
        made = operations.make_covers(actor=told.world.actor(told.staff), task=task)
    return {one.account.full_name: one for one in made}


def address(submission: Submission) -> str:
    return f"https://lop.example.vn/essays/cover/{submission.public_id}"


def test_covers_hold_a_name_above_and_a_code_below(told: EssayStory) -> None:
    task = told.task(handwritten=True, anonymous=True)
    answer = told.visit(told.staff).post(f"/essays/{task.public_id}/covers", status=200)
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages]
    assert len(pages) == 2
    assert "Trần Thị Ân" in pages[0]
    assert "Nguyễn Văn Đức" in pages[1]
    for page, name in zip(pages, ("Trần Thị Ân", "Nguyễn Văn Đức"), strict=True):
        below = page.partition("Rọc phách")[2]
        assert "Số phách" in below
        assert name not in below
    before = {one.account.id: one.submission.public_id for one in queries.people(task)}
    told.visit(told.staff).post(f"/essays/{task.public_id}/covers", status=200)
    assert before == {one.account.id: one.submission.public_id for one in queries.people(task)}


def test_without_codes_a_cover_has_nothing_to_cut(told: EssayStory) -> None:
    task = told.task(handwritten=True)
    answer = told.visit(told.staff).post(f"/essays/{task.public_id}/covers", status=200)
    text = PdfReader(io.BytesIO(answer.data)).pages[0].extract_text()
    assert "Viết bài trên giấy riêng" in text
    assert "Rọc phách" not in text


def send(told: EssayStory, url: str, *photographs: bytes, **fields: str) -> str:
    """Upload the photographs; the page that follows, with what it says."""
    staff = told.visit(told.staff)
    data = {"photos": [(io.BytesIO(one), "anh.jpg") for one in photographs], **fields}
    answer = staff.post(url, data, 303, content_type="multipart/form-data")
    return staff.get(answer.headers["Location"]).get_data(as_text=True)


def test_pages_behind_a_cover_that_cannot_be_read_go_to_nobody(told: EssayStory) -> None:
    task = told.task(handwritten=True)
    made = covers(told, task)
    an, duc = made["Trần Thị Ân"], made["Nguyễn Văn Đức"]
    page = send(
        told,
        f"/essays/{task.public_id}/photos",
        picture(address(duc)),
        writing(),
        writing(address(an), blur=12),
        writing(),
        writing(),
    )
    assert "Ảnh số 3 quá nhòe" in page
    assert "Ảnh số 4, 5 chưa biết của ai" in page
    assert (len(told.work_of(task).pages), len(told.work_of(task, told.friend).pages)) == (1, 0)


def test_a_torn_qr_is_no_page(told: EssayStory) -> None:
    task = told.task(handwritten=True)
    made = covers(told, task)
    duc = made["Nguyễn Văn Đức"]
    torn = writing(address(made["Trần Thị Ân"]), torn=True)
    url = f"/essays/cover/{duc.public_id}"
    assert "Ảnh số 1 quá nhòe hoặc có mã QR không đọc được" in send(told, url, torn)
    assert told.work_of(task).pages == []
    send(told, url, torn, **{"no-covers": "1"})
    assert len(told.work_of(task).pages) == 1


def test_the_cover_of_another_essay_takes_nothing_along(told: EssayStory) -> None:
    task, other = told.task(handwritten=True), told.task(handwritten=True)
    duc, elsewhere = covers(told, task)["Nguyễn Văn Đức"], covers(told, other)["Trần Thị Ân"]
    url = f"/essays/{task.public_id}/photos"
    page = send(told, url, picture(address(duc)), writing(), picture(address(elsewhere)), writing())
    assert "Ảnh số 3 là bìa của bài thu hoạch khác" in page
    assert len(told.work_of(task).pages) == 1
    assert told.work_of(other, told.friend).pages == []
    unknown = picture("http://x/essays/cover/0123456789abcdef")
    assert "Ảnh số 1 là bìa của bài thu hoạch khác" in send(told, url, unknown, writing())


def test_a_picture_that_is_none_holds_the_pages_behind_it_back(told: EssayStory) -> None:
    task = told.task(handwritten=True)
    made = covers(told, task)
    an, duc = made["Trần Thị Ân"], made["Nguyễn Văn Đức"]
    heic = b"\x00\x00\x00\x18ftypheic" + bytes(100)
    page = send(
        told,
        f"/essays/{task.public_id}/photos",
        picture(address(duc)),
        heic,
        writing(),
        picture(address(an)),
        writing(),
    )
    assert "“anh.jpg” là ảnh HEIC của iPhone" in page
    assert (len(told.work_of(task).pages), len(told.work_of(task, told.friend).pages)) == (0, 1)


def test_everything_photographed_is_handed_in_at_once(told: EssayStory) -> None:
    task = told.task(handwritten=True)
    made = covers(told, task)
    photographs = [one for work in made.values() for one in (picture(address(work)), writing(), writing())]
    send(told, f"/essays/{task.public_id}/photos", *photographs)
    staff = told.visit(told.staff)
    assert "Đã chụp, chưa nộp: 2 người" in staff.page(f"/essays/{task.public_id}/photos").text_content()
    staff.post(f"/essays/{task.public_id}/photos/hand-in", status=303)
    assert {told.work_of(task, who).state for who in (told.learner, told.friend)} == {
        SubmissionState.HANDED_IN
    }
    staff.post(f"/essays/{task.public_id}/photos/hand-in", status=303)
    told.visit(told.lecturer).post(f"/essays/{task.public_id}/photos/hand-in", status=403)


def test_a_printed_cover_is_no_work_begun(told: EssayStory) -> None:
    task = told.task(handwritten=True)
    covers(told, task)
    assert queries.counts_of(task).drafts == 0
    send(told, f"/essays/cover/{told.work_of(task).public_id}", writing())
    assert queries.counts_of(task).drafts == 1


def test_a_photographed_cover_begins_the_next_candidate(told: EssayStory) -> None:
    task = told.task(handwritten=True)
    made = covers(told, task)
    an, duc = made["Trần Thị Ân"], made["Nguyễn Văn Đức"]
    staff = told.visit(told.staff)
    staff.get(f"/essays/{task.public_id}/photos")
    sent = [
        (io.BytesIO(one), "anh.jpg")
        for one in (
            picture(),  # whose is this?
            picture(address(duc)),
            picture(turned=True),
            picture(size=(400, 300)),
            picture(address(an)),
            picture(size=(300, 400)),
        )
    ]
    form = {"content_type": "multipart/form-data"}
    answer = staff.post(f"/essays/{task.public_id}/photos", {"photos": sent}, 303, **form)
    page = staff.get(answer.headers["Location"]).get_data(as_text=True)
    assert "Ảnh số 1 chưa biết của ai" in page
    assert "<h1>Trần Thị Ân</h1>" in page.replace("\n", "")
    assert (len(told.work_of(task).pages), len(told.work_of(task, told.friend).pages)) == (2, 1)
    # the next photographs without a cover go on with the last candidate
    staff.post(answer.headers["Location"], {"photos": [(io.BytesIO(picture()), "a.jpg")]}, 303, **form)
    assert len(told.work_of(task, told.friend).pages) == 2
    staff.post(f"/essays/cover/{duc.public_id}/hand-in", status=303)
    assert told.work_of(task).state is SubmissionState.HANDED_IN
    assert told.work_of(task).handwritten
    late = staff.post(
        f"/essays/cover/{duc.public_id}", {"photos": [(io.BytesIO(picture()), "a.jpg")]}, 303, **form
    )
    assert "Bài đã nộp rồi" in staff.get(late.headers["Location"]).get_data(as_text=True)


def test_a_script_sends_one_photograph_after_another(told: EssayStory) -> None:
    task = told.task(handwritten=True)
    duc = covers(told, task)["Nguyễn Văn Đức"]
    staff = told.visit(told.staff)
    url = f"/essays/{task.public_id}/photos"
    for photo in (picture(address(duc)), picture(), picture()):
        answer = staff.post(
            url,
            {"photos": [(io.BytesIO(photo), "a.jpg")]},
            200,
            content_type="multipart/form-data",
            headers={"Accept": "application/json"},
        )
        url = answer.get_json()["next"]
    assert url == f"/essays/cover/{duc.public_id}"
    assert len(told.work_of(task).pages) == 2
    lost = staff.post(
        url,
        {"photos": [(io.BytesIO(b"\xff\xd8\xff broken"), "a.jpg")], "number": "4"},
        200,
        content_type="multipart/form-data",
        headers={"Accept": "application/json"},
    ).get_json()
    assert lost["trouble"][0].startswith("Ảnh số 4: ")
    assert lost["next"] == f"/essays/{task.public_id}/photos"
    assert lost["page"] == url


def test_pages_are_moved_and_taken_out(told: EssayStory) -> None:
    task = told.task(handwritten=True)
    work = covers(told, task)["Nguyễn Văn Đức"]
    staff = told.visit(told.staff)
    sent = [(io.BytesIO(picture(size=(300 + n, 300))), "anh.jpg") for n in range(3)]
    url = f"/essays/cover/{work.public_id}"
    staff.post(url, {"photos": sent}, 303, content_type="multipart/form-data")
    first, second, third = [one.public_id for one in told.work_of(task).pages]
    staff.post(f"{url}/pages/{third}", {"do": "up"}, 303)
    staff.post(f"{url}/pages/{first}", {"do": "up"}, 303)
    assert [one.public_id for one in told.work_of(task).pages] == [first, third, second]
    staff.post(f"{url}/pages/{first}", {"do": "down"}, 303)
    staff.post(f"{url}/pages/{third}", {"do": "remove"}, 303)
    assert [one.public_id for one in told.work_of(task).pages] == [first, second]
    assert staff.get(f"{url}/files/{first}").mimetype == "image/jpeg"
    staff.post(f"{url}/pages/{third}", {"do": "remove"}, 404)


def test_a_photograph_is_turned_and_tells_no_place(told: EssayStory) -> None:
    from PIL import Image  # noqa: PLC0415  (heavy engine)

    prepared = photos.prepare_photo(io.BytesIO(picture(turned=True)), "a.jpg")
    with UnitOfWork():
        stored = files.save(prepared)
    data = files.open_bytes(stored)
    opened = Image.open(io.BytesIO(data))
    assert (opened.width, opened.height) == (1000, 2000)
    assert len(opened.getexif()) == 0
    assert b"CANARY-EXIF" not in data


@pytest.mark.parametrize("data", [b"", b"not a picture", b"\xff\xd8\xff broken", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_picture_is_refused(told: EssayStory, data: bytes) -> None:
    with pytest.raises(Invalid):
        photos.prepare_photo(io.BytesIO(data), "a.jpg")


def test_a_qr_of_something_else_is_no_cover() -> None:
    assert photos.look(io.BytesIO(picture("https://zalo.me/g/abcdef"))) == photos.Look()
    assert photos.look(io.BytesIO(picture())) == photos.Look()
    assert photos.look(io.BytesIO(picture("http://x/essays/cover/0123456789abcdef"))) == photos.Look(
        cover="0123456789abcdef"
    )


def test_a_stranger_may_not(told: EssayStory) -> None:
    task = told.task(handwritten=True)
    work = covers(told, task)["Nguyễn Văn Đức"]
    elsewhere = told.world.person(Role.STAFF, told.world.centre("Nơi khác"))
    visitor = told.visit(elsewhere)
    visitor.get(f"/essays/cover/{work.public_id}", 404)
    visitor.post(f"/essays/cover/{work.public_id}/hand-in", status=404)
    visitor.post(f"/essays/{task.public_id}/covers", status=404)
    told.visit(told.lecturer).get(f"/essays/cover/{work.public_id}", 403)
    told.visit(told.learner).get(f"/essays/cover/{work.public_id}", 403)
    typed = told.task()
    told.visit(told.staff).post(f"/essays/{typed.public_id}/covers", status=422)
