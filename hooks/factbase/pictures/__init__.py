"""Pictures drawn from the fact base: each module takes the base and gives a `View`; `parts.pictures` prints it.

Geometry and words are computed here, the SVG itself is a template file in templates/pictures.
"""

from __future__ import annotations
