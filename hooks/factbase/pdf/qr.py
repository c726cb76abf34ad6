"""An address as a QR code."""

from __future__ import annotations

import io

import segno


def qr_svg(address: str) -> str:
    """The code as an SVG drawing, with the quiet zone that readers need."""
    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="svg", border=4, xmldecl=False, svgclass=None, lineclass=None)
    return out.getvalue().decode()
