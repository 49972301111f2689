"""Every page of every room against the design system: macros that exist, with arguments they know."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import nodes
from jinja2.runtime import Macro

from tests.web.styleguide import create_styleguide

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "lms").rglob("templates/**/*.html"))


@pytest.fixture(scope="module")
def guide() -> Flask:
    return create_styleguide()


def calls(tree: nodes.Template) -> Iterator[tuple[str, nodes.Call]]:
    for call in tree.find_all(nodes.Call):
        target = call.node
        if (
            isinstance(target, nodes.Getattr)
            and isinstance(target.node, nodes.Name)
            and target.node.name == "ui"
        ):
            yield target.attr, call


def complaint(macro: object, call: nodes.Call) -> str:
    if not isinstance(macro, Macro):
        return "is no macro"
    unknown = {argument.key for argument in call.kwargs} - set(macro.arguments)
    if unknown and not macro.catch_kwargs:
        return f"knows no {', '.join(sorted(unknown))}"
    if len(call.args) > len(macro.arguments):
        return f"takes {len(macro.arguments)} arguments, not {len(call.args)}"
    return ""


def test_pages_call_macros_as_they_are(guide: Flask) -> None:
    environment = guide.jinja_env
    macros = environment.get_template("ui.html").module
    wrong = []
    for path in TEMPLATES:
        for name, call in calls(environment.parse(path.read_text())):
            if said := complaint(getattr(macros, name, None), call):
                wrong.append(f"{path.relative_to(ROOT)}:{call.lineno}: ui.{name} {said}")
    assert not wrong, "\n".join(["", *wrong])


def test_a_planted_mistake_is_found(guide: Flask) -> None:
    macros = guide.jinja_env.get_template("ui.html").module
    source = '{{ ui.badge("ok", "x", colour="red") }}{{ ui.bagde("ok", "x") }}{{ ui.icon("a", "b", "c") }}'
    found = [
        complaint(getattr(macros, name, None), call) for name, call in calls(guide.jinja_env.parse(source))
    ]
    assert found == ["knows no colour", "is no macro", "takes 2 arguments, not 3"]
