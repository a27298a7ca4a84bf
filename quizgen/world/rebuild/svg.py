"""SVG files as small and as harmless as they can be: no comments, scripts, links, unused names or useless digits."""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping

from quizgen.world.rebuild.svg_paths import thinned

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
HREF = f"{{{XLINK}}}href"
# What says nothing about the picture: the flags hold no text.
USELESS = re.compile(r"aria-.*|class|role|font-.*|(word|letter)-spacing|text-anchor|\{.*\}space|version")
ALLOWED = frozenset(
    {"svg", "g", "defs", "path", "rect", "circle", "ellipse", "use", "clipPath", "marker", "stop"}
    | {"linearGradient", "radialGradient"}
)
FUNCTION = re.compile(r"(matrix|translate|scale|rotate|skewX|skewY)\s*\(([^)]*)\)")
USED = re.compile(r"url\(#([^)]+)\)")


class HarmfulFileError(Exception):
    """A picture holds what no flag needs."""


def minified(text: str, *, width: int, height: int, exact_to: float | None) -> str:
    """Give the picture again, smaller; `exact_to` is the share of a pixel that may be lost, None to lose nothing."""
    root = ET.fromstring(text)  # noqa: S314 - a pinned file
    _refuse_harm(root)
    _drop_useless(root)
    if exact_to is not None:
        _thin(root, exact_to)
    root.set("width", str(width))
    root.set("height", str(height))
    return _written(root)


def _refuse_harm(root: ET.Element) -> None:
    for element in root.iter():
        name = local(element.tag)
        links = [value for key, value in element.items() if local(key) == "href" and not value.startswith("#")]
        if name not in ALLOWED or links or any(local(key).startswith("on") for key, _ in element.items()):
            message = f"<{name}> {links}"
            raise HarmfulFileError(message)


def _drop_useless(root: ET.Element) -> None:
    used = {name for element in root.iter() for name in used_by(element)}
    for element in root.iter():
        element.text = element.tail = None
        for key in list(element.keys()):
            if USELESS.fullmatch(key) or (key == "id" and element.get("id") not in used):
                del element.attrib[key]


def _thin(root: ET.Element, exact_to: float) -> None:
    scales = Scales(root)
    for element in root.iter(f"{{{SVG}}}path"):
        scale = scales.of(element)
        if not scale or "marker-mid" in element.keys():  # noqa: SIM118 - an element is no mapping
            continue
        unit = exact_to / scale
        digits = max(0, math.ceil(-math.log10(unit / 2)))
        path = thinned(element.get("d", ""), unit, digits)
        if path is not None and len(path) < len(element.get("d", "")):
            element.set("d", path)


class Scales:
    """How many pixels a unit of an element is, at most: through its groups, and through whatever uses it."""

    def __init__(self, root: ET.Element) -> None:
        self._parents = {child: parent for parent in root.iter() for child in parent}
        self._users: dict[str, list[ET.Element]] = {}
        for element in root.iter():
            for name in used_by(element):
                self._users.setdefault(name, []).append(element)

    def of(self, element: ET.Element) -> float:
        """Give the scale; 0 for what is measured in other units, as a marker is."""
        scale, node = 1.0, element
        while True:
            scale *= _stretch(node.get("transform", ""))
            if local(node.tag) == "marker":
                return 0.0
            users = self._users.get(node.get("id", ""), ())
            if users or node not in self._parents:
                own = self._above(node)
                return scale * max([own, *(self.of(user) for user in users)])
            node = self._parents[node]

    def _above(self, node: ET.Element) -> float:
        return self.of(self._parents[node]) if node in self._parents else 1.0


def used_by(element: ET.Element) -> Iterator[str]:
    """Give the names of what an element uses: a shape, a gradient, a clip."""
    for key, value in element.items():
        yield from USED.findall(value)
        if local(key) == "href":
            yield value.removeprefix("#")


def _stretch(transform: str) -> float:
    return math.prod(
        _stretch_of(name, [float(n) for n in re.split(r"[\s,]+|(?<=\d)(?=-)", values.strip()) if n])
        for name, values in FUNCTION.findall(transform)
    )


def _stretch_of(name: str, values: list[float]) -> float:
    if name == "matrix":
        return max(math.hypot(values[0], values[1]), math.hypot(values[2], values[3]))
    return max(map(abs, values)) if name == "scale" else 1.0


def _written(root: ET.Element) -> str:
    linked = any(key == HREF for element in root.iter() for key, _ in element.items())
    spaces = {"xmlns": SVG} | ({"xmlns:xlink": XLINK} if linked else {})
    return "".join(_tag(root, spaces))


def _tag(element: ET.Element, spaces: Mapping[str, str]) -> Iterator[str]:
    attributes = {**spaces, **{key.replace(f"{{{XLINK}}}", "xlink:"): value for key, value in element.items()}}
    head = local(element.tag) + "".join(f' {key}="{_escaped(value)}"' for key, value in attributes.items())
    children = [part for child in element for part in _tag(child, {})]
    yield from (f"<{head}>", *children, f"</{local(element.tag)}>") if children else (f"<{head}/>",)


def local(name: str) -> str:
    """Give a name without its namespace."""
    return name.rpartition("}")[2]


def _escaped(value: str) -> str:
    return re.sub(r"\s+", " ", value).replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
