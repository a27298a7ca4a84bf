r"""YAML as a person would write it: short things on one line, quotes only where they are needed.

Takes a tree of mappings, lists, text and `Bare` words; gives text. Whatever another YAML reader could take for a
number, a date or a truth value is quoted, as is everything that could be taken for punctuation. PyYAML's own writer has
a choice of one line or many for the whole file only.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

WIDTH = 120


@dataclass(frozen=True, slots=True)
class Bare:
    """What stands without quotes although it looks like a date, a number or a truth value: because it is one."""

    text: str


Scalar: TypeAlias = str | Bare
Node: TypeAlias = "Scalar | Sequence[Node] | Mapping[Scalar, Node]"

# Words that some reader or other of YAML takes for more than a word.
_MEANING = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false", "null", "none", "nan", "inf"])
_IN_BLOCK = re.compile(r"[^\W\d_](?:[^:#]*[^:#\s])?")
# PyYAML in Python, unlike libyaml, ends a word at a question mark there.
_IN_FLOW = re.compile(r"[^\W\d_](?:[^:#?,\[\]{}]*[^:#?,\[\]{}\s])?")
# Written as escapes: what no text may hold, and what turns the direction of the text around it.
_HIDDEN = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")


def yaml_text(tree: Mapping[Scalar, Node], apart: str = "") -> str:
    """Write a file: its sections one below the other, what is in them on one line each where it is short enough.

    In the section `apart`, blank lines stand around items that need several lines.
    """
    parts = (line for key, value in tree.items() for line in _section(key, value, apart=key == apart))
    return "\n".join(parts) + "\n"


def _section(key: Scalar, value: Node, *, apart: bool) -> Iterator[str]:
    if isinstance(value, str | Bare):
        yield from _entry(key, value, "")
    elif isinstance(value, Mapping):
        yield f"{_scalar(key)}:"
        yield from _nested(value, "  ")
    else:
        yield f"{_scalar(key)}:"
        yield from _items(value, "  ", apart=apart)


def _nested(value: Node, pad: str) -> Iterator[str]:
    """Write what does not fit on the line of its key."""
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield from _entry(key, part, pad)
    elif not isinstance(value, str | Bare):
        yield from _items(value, pad)


def _entry(key: Scalar, value: Node, pad: str) -> Iterator[str]:
    name = f"{pad}{_scalar(key)}:"
    line = f"{name} {_scalar(value)}" if isinstance(value, str | Bare) else f"{name} {_flow(value)}"
    if isinstance(value, str | Bare):
        yield from _text(name, value, line, pad)
    elif len(line) <= WIDTH and _is_flat(value):
        yield line
    else:
        yield name
        yield from _nested(value, f"{pad}  ")


def _text(name: str, value: Scalar, line: str, pad: str) -> Iterator[str]:
    """Write text on one line, or below its key when it is long or has lines of its own."""
    if isinstance(value, str) and "\n" in value and _keeps_lines(value):
        yield f"{name} |-"
        yield from (f"{pad}  {part}".rstrip() for part in value.split("\n"))
    elif isinstance(value, str) and len(line) > WIDTH and _keeps_words(value):
        yield f"{name} >-"
        yield from (f"{pad}  {part}" for part in _folded(value, WIDTH - len(pad) - 2))
    else:
        yield line


def _items(items: Sequence[Node], pad: str, *, apart: bool = False) -> Iterator[str]:
    tall = False
    for place, item in enumerate(items):
        lines = list(_item(item, pad))
        if apart and place and (tall or len(lines) > 1):
            yield ""
        tall = len(lines) > 1
        yield from lines


def _item(item: Node, pad: str) -> Iterator[str]:
    line = f"{pad}- {_flow(item)}"
    if isinstance(item, str | Bare) or (len(line) <= WIDTH and _is_flat(item)):
        yield line
        return
    first, *others = _nested(item, f"{pad}  ")
    yield f"{pad}- {first.lstrip()}"
    yield from others


def _is_flat(value: Node) -> bool:
    """Tell whether nothing in it needs lines of its own."""
    if isinstance(value, str):
        return "\n" not in value
    if isinstance(value, Bare):
        return True
    return all(map(_is_flat, value.values() if isinstance(value, Mapping) else value))


def _flow(value: Node) -> str:
    if isinstance(value, str | Bare):
        return _scalar(value, _IN_FLOW)
    if isinstance(value, Mapping):
        inner = (f"{_scalar(key, _IN_FLOW)}: {_flow(part)}" for key, part in value.items())
        return f"{{{', '.join(inner)}}}"
    return f"[{', '.join(map(_flow, value))}]"


def _scalar(value: Scalar, plain: re.Pattern[str] = _IN_BLOCK) -> str:
    if isinstance(value, Bare):
        return value.text
    if plain.fullmatch(value) and value.isprintable() and value.casefold() not in _MEANING:
        return value
    return _HIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))


def _keeps_lines(text: str) -> bool:
    """Tell whether a text comes back as it was from `|-`."""
    lines = text.split("\n")
    blank = any(line != line.rstrip() for line in lines)
    return not blank and not _is_odd(text.replace("\n", "")) and bool(lines[0][:1].strip() and lines[-1])


def _keeps_words(text: str) -> bool:
    """Tell whether a text comes back as it was from `>-`."""
    return " " in text and all(text.split(" ")) and not _is_odd(text)


def _is_odd(text: str) -> bool:
    """Tell whether a text has characters that are better seen as escapes."""
    return _HIDDEN.search(text) is not None or any(char < " " for char in text)


def _folded(text: str, width: int) -> Iterator[str]:
    line = ""
    for word in text.split(" "):
        if line and len(line) + 1 + len(word) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield line
