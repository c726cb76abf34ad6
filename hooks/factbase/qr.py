"""An address as a QR code: an SVG drawing or a PNG picture. The same address gives the same bytes."""

from __future__ import annotations

import io
from functools import cache

import segno

BORDER = 4
"""Modules of white around the code: readers need them."""
SCALE = 12
"""Pixels of a module in the PNG: a code of 37 modules is then 540 pixels wide, sharp at 4 cm on paper."""


@cache
def _code(address: str) -> segno.QRCode:
    return segno.make(address, error="m", micro=False)


def qr_svg(address: str) -> str:
    """The code as an SVG drawing, black on white, with the quiet zone that readers need and without inline styles."""
    out = io.BytesIO()
    _code(address).save(
        out, kind="svg", border=BORDER, xmldecl=False, svgclass=None, lineclass=None, light="#fff", omitsize=True
    )
    return out.getvalue().decode()


def qr_png(address: str) -> bytes:
    """The code as a PNG picture, black on white."""
    out = io.BytesIO()
    _code(address).save(out, kind="png", border=BORDER, scale=SCALE)
    return out.getvalue()
