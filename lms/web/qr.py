"""An address as a picture for a phone's camera."""

import segno
from flask import Flask

SCALE, BORDER = 4, 4
"""Points a module and modules of white around, as the standard asks."""


def qr_code(text: str) -> str:
    """``text`` as a QR code: a ``data:`` address of an SVG, black on white so that every phone reads it in the dark too."""
    code = segno.make(text, error="m", micro=False)
    address: str = code.svg_data_uri(scale=SCALE, border=BORDER, dark="#000", light="#fff", omitsize=True)
    return address


def init_qr(app: Flask) -> None:
    """Offer ``qr_code`` to templates."""
    app.add_template_global(qr_code)
