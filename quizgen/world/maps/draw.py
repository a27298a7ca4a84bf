"""Draws a map as SVG that works as a plain image: nothing outside it is needed, and its only text are numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from itertools import chain, combinations
from math import dist, inf

from quizgen.world.maps.areas import Area, BorderPolicy, areas
from quizgen.world.maps.canvas import Canvas, Frame, RegionCanvas, canvas, look_of
from quizgen.world.maps.clip import Point, apart, bounds, to_convex
from quizgen.world.maps.framing import PARTS, frame_of, main_shapes
from quizgen.world.maps.inset import Inset, box_at, inset
from quizgen.world.maps.marks import Pin, Ring, pins, rings_around
from quizgen.world.maps.paths import UNITS, closed
from quizgen.world.maps.style import Style, style
from quizgen.world.maps.subject import Subject, alt_text
from quizgen.world.maps.topology import atlas

Rings = list[list[Point]]

# How many frames are remembered: which wrong answers may stand beside a place hangs on its frame.
KEPT = 4_096


@dataclass(frozen=True, slots=True)
class Picture:
    """All that is in a picture, in pixels, before it is written down."""

    frame: Frame
    land: Rings
    subject: Rings
    hatched: Rings  # of a colour with the rest of the land
    subject_hatched: Rings
    rings: list[Ring]
    targets: list[Point]
    pins: list[Pin]
    inset: Inset | None


def draw(subject: Subject, policy: BorderPolicy | None = None) -> str:
    """Give the map of a subject, as the text of an SVG file; without a policy by that of the template."""
    return write(picture(subject, policy), alt_text(subject))


def picture(subject: Subject, policy: BorderPolicy | None = None) -> Picture:
    """Work out what is in the picture of a subject, and where."""
    policy = policy or style().border_policy
    frame = _frame(subject)
    look = look_of(frame)
    ground = canvas(frame, look)
    codes = {*subject.countries, *chain.from_iterable(PARTS.get(code, ()) for code in subject.countries)}
    seen: dict[str, Rings] = {}
    for shape in ground.shapes:
        seen.setdefault(shape.code, []).extend(ground.rings(shape))
    hatched = {key: rings for key, area in areas().items() if (rings := list(_area(area, seen, ground)))}
    own = {key for key in hatched if key in subject.areas or areas()[key].coloured_with(policy) in codes}
    highlighted = [*chain.from_iterable(seen.get(code, []) for code in sorted(codes))]
    marked = [ground.point(lat, lon) for lat, lon in subject.places]
    circles = list(_rings(subject, ground, hatched, look))
    land = [ring for code, found in seen.items() if code not in codes for ring in found]
    stands_out = chain(highlighted, *(hatched.get(key, []) for key in subject.areas))
    busy = [*chain.from_iterable(stands_out), *marked, *((circle.x, circle.y) for circle in circles)]
    small = inset(ground, look, busy, land) if isinstance(ground, RegionCanvas) else None
    taken = [box_at(small.corner, small.width, small.height)] if small else []
    return Picture(
        frame=frame,
        land=land,
        subject=highlighted,
        hatched=[ring for key in hatched if key not in own for ring in hatched[key]],
        subject_hatched=[ring for key in hatched if key in own for ring in hatched[key]],
        rings=circles,
        targets=[] if subject.numbered else marked,
        pins=pins(marked, taken, look) if subject.numbered else [],
        inset=small,
    )


def kilometres_across(subject: Subject) -> float:
    """Give how many kilometres wide the map of a subject is; infinite for a map of the whole world."""
    frame = _frame(subject)
    return inf if frame.world else frame.kilometres


def pixels_between(subject: Subject) -> float:
    """Give how many pixels of a phone lie between the two nearest of the places that a map marks."""
    frame = _frame(subject)
    ground = canvas(frame, look_of(frame))
    points = [ground.point(lat, lon) for lat, lon in subject.places]
    return min((dist(a, b) for a, b in combinations(points, 2)), default=inf)


@lru_cache(KEPT)
def _frame(subject: Subject) -> Frame:
    return frame_of(subject, style())


def _area(area: Area, seen: dict[str, Rings], ground: Canvas) -> Iterator[list[Point]]:
    rings = [ring for code in area.within for ring in seen.get(code, [])]
    if not area.pieces:
        yield from rings
    for outline in area.pieces if rings else ():
        corners = [ground.point(lat, lon) for lat, lon in outline]
        extent = bounds(corners)
        if not apart(extent, ground.box):
            near = (ring for ring in rings if not apart(extent, bounds(ring)))
            yield from filter(None, (to_convex(ring, corners) for ring in near))


def _rings(subject: Subject, ground: Canvas, hatched: dict[str, Rings], look: Style) -> Iterator[Ring]:
    alone = len(subject.countries) + len(subject.areas) == 1
    visible = look.visible if alone else look.visible_among
    for code in subject.countries:
        shapes = main_shapes(code, atlas(ground.frame.detail))
        yield from rings_around([*chain.from_iterable(map(ground.rings, shapes))], look, visible)
    for key in subject.areas:
        yield from rings_around(hatched.get(key, []), look, visible)


def write(content: Picture, title: str) -> str:
    """Write a picture down as SVG."""
    look = look_of(content.frame)
    width, height, shown = look.width, look.height, look.size["shown"]
    radius = look.lines["corner"]
    box = f'width="{width:g}" height="{height:g}" rx="{radius:g}"'
    return "".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width * shown:g}" height="{height * shown:g}" ',
            f'viewBox="0 0 {width:g} {height:g}" role="img"><title>{escape(title)}</title>',
            f'<defs><clipPath id="frame"><rect {box}/></clipPath>{"".join(_patterns(content, look))}</defs>',
            f'<g clip-path="url(#frame)"><rect {box} fill="{look.colours["sea"]}"/>',
            f'<g transform="scale({1 / UNITS:g})" fill-rule="evenodd" stroke-linejoin="round" stroke-linecap="round">',
            *_shapes(content, look),
            "</g>",
            *map(_ring, content.rings, [look] * len(content.rings)),
            *map(_target, content.targets, [look] * len(content.targets)),
            *_pins(content.pins, look),
            _small_map(content.inset, look) if content.inset else "",
            f'<rect {box} fill="none" stroke="{look.colours["frame"]}" stroke-width="{2 * look.lines["frame"]:g}"/>',
            "</g></svg>\n",
        )
    )


def _patterns(content: Picture, look: Style) -> Iterator[str]:
    step, line = look.lines["hatch_step"] * UNITS, look.lines["hatch"] * UNITS
    kinds = (("hatch", "land", content.hatched), ("subject_hatch", "subject", content.subject_hatched))
    for name, ground, rings in kinds:
        if rings:
            yield (
                f'<pattern id="{name}" width="{step:g}" height="{step:g}" patternUnits="userSpaceOnUse" '
                f'patternTransform="rotate(45)">'
                f'<rect width="{step:g}" height="{step:g}" fill="{look.colours[ground]}"/>'
                f'<rect width="{line:g}" height="{step:g}" fill="{look.colours[name]}"/></pattern>'
            )


def _shapes(content: Picture, look: Style) -> Iterator[str]:
    colours, lines = look.colours, look.lines
    border, thin = lines["border"] * UNITS, lines["subject_border"] * UNITS
    yield _path(content.land, f'fill="{colours["land"]}" stroke="{colours["border"]}" stroke-width="{border:g}"')
    subject = f'fill="{colours["subject"]}" stroke="{colours["subject_border"]}" stroke-width="{thin:g}"'
    yield _path(content.subject, subject, dots=True)
    yield _path(content.hatched, 'fill="url(#hatch)"')
    yield _path(content.subject_hatched, 'fill="url(#subject_hatch)"')


def _path(rings: Iterable[list[Point]], looks: str, dots: bool = False) -> str:
    data = closed(rings, dots)
    return f'<path {looks} d="{data}"/>' if data else ""


def _ring(ring: Ring, look: Style) -> str:
    """A coloured circle on a pale one: it is seen on sea, on land and on the edge between."""
    circle = f'<circle cx="{ring.x:.1f}" cy="{ring.y:.1f}" r="{ring.radius:.1f}" fill="none" '
    return "".join(
        f'{circle}stroke="{look.colours[colour]}" stroke-width="{look.lines[line]:g}"/>'
        for colour, line in (("halo", "halo"), ("subject", "ring"))
    )


def _target(point: Point, look: Style) -> str:
    (x, y), size = point, look.marker["dot"]
    dot = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:g}" fill="{look.colours["subject"]}"/>'
    return _ring(Ring(x, y, look.marker["ring"]), look) + dot


def _pins(found: Sequence[Pin], look: Style) -> Iterator[str]:
    """All lines first, so that none runs over a number."""
    marker, colours = look.marker, look.colours
    for pin in found:
        (x, y), dot = pin.tip, marker["dot"]
        line = f'<path d="M{pin.x:.1f} {pin.y:.1f}L{x:.1f} {y:.1f}" stroke='
        yield f'{line}"{colours["halo"]}" stroke-width="4"/>{line}"{colours["marker"]}" stroke-width="2"/>'
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{dot:g}" fill="{colours["marker"]}" stroke="{colours["halo"]}"/>'
    for pin in found:
        yield (
            f'<circle cx="{pin.x:.1f}" cy="{pin.y:.1f}" r="{marker["radius"]:g}" fill="{colours["marker"]}" '
            f'stroke="{colours["halo"]}" stroke-width="1.5"/>'
            f'<text x="{pin.x:.1f}" y="{pin.y + marker["text"] * 0.36:.1f}" '
            f'font-family="Arial,Helvetica,sans-serif" font-size="{marker["text"]:g}" font-weight="bold" '
            f'text-anchor="middle" fill="{colours["marker_text"]}">{pin.text}</text>'
        )


def _small_map(small: Inset, look: Style) -> str:
    colours, line = look.colours, look.inset["line"]
    outline = closed([small.outline])
    size = f'width="{small.width * UNITS:g}" height="{small.height * UNITS:.0f}" rx="40"'
    return (
        f'<g transform="translate({small.corner[0]:.1f} {small.corner[1]:.1f}) scale({1 / UNITS:g})">'
        f'<rect {size} fill="{colours["sea"]}" stroke="{colours["halo"]}" stroke-width="20"/>'
        f'<path fill="{colours["land"]}" fill-rule="evenodd" d="{small.land}"/>'
        f'<path fill="none" stroke="{colours["subject"]}" stroke-width="{line * UNITS:g}" d="{outline}"/></g>'
    )
