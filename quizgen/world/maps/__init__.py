"""Maps: SVG pictures that show where a country or a place is, drawn without any library for maps or pictures.

Takes a `Subject` (countries to highlight, places to mark) and a `BorderPolicy`; gives the text of an SVG file by
`draw`, and words for those who cannot see it by `alt_text`. Intention: what is asked about can be seen on a phone, the
picture is the same to the last byte whenever it is drawn, and the policy changes how disputed areas are coloured, never
an answer.
"""

from quizgen.world.maps.areas import Area, BorderPolicy, areas
from quizgen.world.maps.draw import draw, kilometres_across, pixels_between
from quizgen.world.maps.framing import label_place
from quizgen.world.maps.ground import kilometres_outside
from quizgen.world.maps.subject import Place, Subject, Zoom, alt_text

__all__ = [
    "Area",
    "BorderPolicy",
    "Place",
    "Subject",
    "Zoom",
    "alt_text",
    "areas",
    "draw",
    "kilometres_across",
    "kilometres_outside",
    "label_place",
    "pixels_between",
]
