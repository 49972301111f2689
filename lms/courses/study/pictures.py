"""Pictures of lessons, made fit for a phone: turned upright, at most 1600 px, without what the camera noted."""

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

LONGEST_SIDE = 1600
MOST_PIXELS = 50_000_000
JPEG_QUALITY = 85
_FORMATS = ("PNG", "JPEG", "GIF", "WEBP")


class NotAPictureError(ValueError):
    """The bytes are no picture that can be shown, or one of impossible size."""


def fitted(data: bytes) -> bytes:
    """The picture again as JPEG, or as PNG where it was drawn or is see-through.

    Place, camera and time of taking are left behind. Of a moving picture the first frame stays.

    Raises:
        NotAPictureError: not PNG, JPEG, GIF or WebP, broken, or over 50 million pixels.
    """
    try:
        plain, drawn = _upright(data)
    except Exception as error:  # whatever a decoder raises on broken bytes
        raise NotAPictureError from error
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    plain.info = {}
    out = BytesIO()
    if drawn:
        plain.save(out, "PNG", optimize=True)
    else:
        plain.save(out, "JPEG", quality=JPEG_QUALITY, optimize=True)
    return out.getvalue()


def _upright(data: bytes) -> "tuple[Image.Image, bool]":
    from PIL import Image, ImageOps  # noqa: PLC0415  (heavy engine)

    with Image.open(BytesIO(data), formats=_FORMATS) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise ValueError("too many pixels")
        drawn = picture.format in {"PNG", "GIF"}
        upright = ImageOps.exif_transpose(picture)
        clear = upright.has_transparency_data
        return upright.convert("RGBA" if clear else "RGB"), drawn or clear
