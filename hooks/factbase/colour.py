"""Contrast of two colours as WCAG 2 counts it, and the nearest colour that passes. Pure."""

from __future__ import annotations

LEAST = 4.5
"""Contrast that text needs (WCAG 2, level AA)."""
_STEPS = 100


def contrast(one: str, other: str) -> float:
    """The contrast of two colours such as #17505f: 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def passing(colour: str, beside: tuple[str, ...]) -> str | None:
    """The nearest darker or lighter colour with enough contrast to all of `beside`, or None where there is none."""
    for step in range(_STEPS + 1):
        for end in (0, 255):
            mixed = _mixed(colour, end, step / _STEPS)
            if all(contrast(mixed, other) >= LEAST for other in beside):
                return mixed
    return None


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[place : place + 2], 16) for place in (1, 3, 5))


def _luminance(colour: str) -> float:
    parts = [value / 255 for value in _channels(colour)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _mixed(colour: str, end: int, share: float) -> str:
    return "#" + "".join(f"{round(value + (end - value) * share):02x}" for value in _channels(colour))
