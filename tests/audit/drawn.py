"""Pictures of QR codes, drawn when a test asks for one, by the encoder that comes with the decoder."""

from __future__ import annotations

from io import BytesIO

import zxingcpp
from PIL import Image


def code(text: str, scale: int = 4) -> Image.Image:
    """Return the QR code of a text, black on white with its quiet zone."""
    drawn = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode).to_image(scale=scale)
    height, width = drawn.shape
    return Image.frombytes("L", (width, height), bytes(memoryview(drawn)))  # type: ignore[arg-type]  # its stub hides the buffer


def saved(picture: Image.Image, kind: str = "PNG") -> bytes:
    """Return a picture as a file."""
    out = BytesIO()
    picture.save(out, kind)
    return out.getvalue()
