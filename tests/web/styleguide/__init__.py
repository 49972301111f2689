"""The style guide: every component in all its states, on the real templates, assets and headers, without a database."""

from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

from flask import Flask, render_template, request
from flask_wtf import CSRFProtect
from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined

import lms.web
from lms.web.built import init_assets
from lms.web.headers import init_headers
from lms.web.i18n import init_i18n
from lms.web.qr import init_qr
from tests.web.styleguide.samples import samples

WEB = Path(lms.web.__file__).parent


@dataclass(frozen=True)
class Item:
    """An entry of the menu, as layouts take it."""

    label: str
    url: str
    icon: str = ""
    active: bool = False
    children: list["Item"] = field(default_factory=list)


MENU = [
    Item("Hôm nay", "/", "house-door"),
    Item("Lớp học", "/", "mortarboard", True, [Item("Đang học", "/", active=True), Item("Đã bế giảng", "/")]),
    Item("Ngân hàng câu hỏi", "/", "list-check"),
    Item("Ca thi", "/", "stopwatch"),
    Item("Kết quả", "/", "award"),
]
GLOBALS = {
    "navigation": lambda: MENU,
    "centre_name": "Trung tâm Chính trị Sông Lam",
    "current_account": SimpleNamespace(public_id="nguoi", full_name="Nguyễn Thị Ánh Nguyệt", roles=["staff"]),
    "home_url": lambda: "/",
    "account_url": lambda: "/",
    "sign_out_url": lambda: "/",
    "language_url": lambda: "/",
}


def create_styleguide() -> Flask:
    """An application with the components only. An undefined name in a template is an error here."""
    app = Flask("styleguide", static_folder=str(WEB / "static"))
    app.config.update(
        SECRET_KEY="for looking at components only", LMS=SimpleNamespace(time_zone="Asia/Ho_Chi_Minh")
    )
    app.jinja_loader = ChoiceLoader(
        [FileSystemLoader(WEB / "templates"), FileSystemLoader(Path(__file__).parent)]
    )
    app.jinja_env.undefined = StrictUndefined
    CSRFProtect(app)
    init_i18n(app)
    init_qr(app)
    init_assets(app)
    init_headers(app)
    app.jinja_env.globals.update(GLOBALS)

    @app.get("/")
    def guide() -> str:
        return render_template("styleguide.html", **samples(request.args.get("layout", "staff")))

    @app.get("/errors/<int:code>")
    def error(code: int) -> str:
        return render_template(f"errors/{code}.html", message="", reference="A7K29QPD")

    return app
