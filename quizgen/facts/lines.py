r"""YAML that remembers its lines, and means only what it says.

Takes the bytes of a file; gives a `LinedMap` of plain strings, lists and mappings, and every `Problem` found.
Only PyYAML's parser is used, never its composer or constructors: those turn `NO` into False and 1:30 into 90, let
the second of two equal keys win, crash on 100,000 brackets and hang on a few hundred bytes of merge keys.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import yaml

from quizgen.facts.mistakes import NO_TAG, WRITE_OUT, WRONG_ESCAPE, explain
from quizgen.facts.plain_text import FORBIDDEN, Report, UnreadableError, decode, forbidden, short
from quizgen.problems import Problem

MAX_NODES = 2_000_000
MAX_DEPTH = 20

# libyaml is some ten times faster, and speaks of the same mistakes in slightly different words.
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_REFUSED = ""  # stands for a key that was refused (no good key is empty): its value is read, but not kept


class LinedMap(dict[str, Any]):
    """A mapping that knows the line where it starts and the line of each key."""

    __slots__ = ("line", "lines")

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}


class LinedList(list[Any]):
    """A list that knows the line where it starts and the line of each item."""

    __slots__ = ("line", "lines")

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: list[int] = []


def read_yaml(data: bytes, file: str) -> tuple[LinedMap | None, list[Problem]]:
    """Read a YAML file as its author wrote it: every scalar is a str, only an absent value is None.

    Returns the tree together with all problems, in the order of their lines. The tree is None when the file breaks
    off (bad syntax, beyond a limit) or is no mapping: what is missing from half a tree says nothing about the deck.
    """
    report = Report(file)
    try:
        tree = _compose(decode(data, report), report)
    except UnreadableError as stop:
        return None, report.problems(Problem(file, stop.line, stop.message, stop.hint))
    return tree, report.problems()


def line_of(tree: LinedMap, path: Sequence[str | int]) -> int:
    """Return the line of the deepest part of `path` that exists; for a missing key that of its mapping."""
    node: Any = tree
    line = tree.line
    for part in path:
        if isinstance(node, LinedMap) and isinstance(part, str) and part in node.lines:
            line, node = node.lines[part], node.get(part)
        elif isinstance(node, LinedList) and isinstance(part, int) and 0 <= part < len(node):
            line, node = node.lines[part], node[part]
        else:
            return node.line if isinstance(node, LinedMap | LinedList) else line
    return line


def _compose(text: str, report: Report) -> LinedMap | None:
    composer = _Composer(report)
    for event in _events(text):
        composer.take(event)
    root = composer.root
    if isinstance(root, LinedMap):
        return root
    no_map = "a deck is a mapping of keys to values, but this is "
    wrong = "the file is empty" if root is None else no_map + _kind(root)
    report.add(composer.root_line, wrong, "begin with a line such as 'title: ...'")
    return None


def _events(text: str) -> Iterator[yaml.Event]:
    """Yield the parser's events; its complaints become plain words."""
    loader = LOADER(text)
    event: Any = None
    try:
        while loader.check_event():
            event = loader.get_event()
            yield event
    except yaml.MarkedYAMLError as error:
        raise UnreadableError(*explain(error, text)) from error
    except UnicodeDecodeError as error:  # libyaml hands the bytes of a tag like !%ED%A0%80 on unread
        line = text.count("\n", 0, text.find("!", event.end_mark.index)) + 1
        raise UnreadableError(line, *NO_TAG) from error
    except (ValueError, OverflowError) as error:  # the pure parser makes "\U00110000" a character unasked
        raise UnreadableError(loader.line + 1, *WRONG_ESCAPE) from error
    finally:
        loader.dispose()


@dataclass(slots=True)
class _Open:
    """A mapping or list whose end has not come yet; `key` waits for its value."""

    node: LinedMap | LinedList
    key: str | None = None


class _Composer:
    """Builds the tree from events on a stack of its own, so that depth costs no recursion."""

    def __init__(self, report: Report) -> None:
        self.root: LinedMap | LinedList | str | None = None
        self.root_line = 1
        self._report = report
        self._open: list[_Open] = []
        self._documents = 0
        self._nodes = 0

    def take(self, event: Any) -> None:  # Any, because the stubs know events without marks; the parsers do not
        handler = self._HANDLERS.get(type(event))
        if handler:
            handler(self, event, event.start_mark.line + 1)

    def _document(self, _event: yaml.DocumentStartEvent, line: int) -> None:
        self._documents += 1
        if self._documents == 2:
            hint = "remove the lines '---' and '...'"
            self._report.add(line, "a second document begins here, but a file holds one deck", hint)

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> None:
        value: str | None = event.value
        if event.anchor or event.tag:
            self._refuse_marks(event, line)
        if event.style == '"':
            value = self._unescaped(event.value, line)
        self._place(None if value == "" and not event.style else value, line, plain=not event.style)

    def _unescaped(self, value: str, line: int) -> str:
        """Refuse characters that could not have been typed, but were smuggled in as escapes."""
        found = FORBIDDEN.search(value)
        if not found:
            return value
        if "\ud800" <= found[0] <= "\udfff":  # only the pure parser lets it through
            raise UnreadableError(line, *WRONG_ESCAPE)
        self._report.add(line, *forbidden(found[0]))
        return FORBIDDEN.sub("\ufffd", value)

    def _alias(self, event: yaml.AliasEvent, line: int) -> None:
        name = f"*{event.anchor}"
        self._report.add(line, f"the alias '{short(name)}' is not allowed", WRITE_OUT.format("*"))
        self._place(name, line)

    def _start(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent, line: int) -> None:
        if event.anchor or event.tag:
            self._refuse_marks(event, line)
        if len(self._open) == MAX_DEPTH:
            hint = "put quotes around text that begins with '[' or '{'"
            raise UnreadableError(line, f"lists and mappings are nested more than {MAX_DEPTH} deep", hint)
        node = LinedMap(line) if isinstance(event, yaml.MappingStartEvent) else LinedList(line)
        self._place(node, line)
        self._open.append(_Open(node))

    def _end(self, _event: yaml.CollectionEndEvent, _line: int) -> None:
        self._open.pop()

    def _refuse_marks(self, event: yaml.NodeEvent, line: int) -> None:
        if event.anchor:
            self._report.add(line, f"the anchor '&{short(event.anchor)}' is not allowed", WRITE_OUT.format("&"))
        tag = getattr(event, "tag", None)
        if tag and tag != "!":  # a lone '!' says "take it as it is", which we do anyway
            shown = short(tag.replace("tag:yaml.org,2002:", "!!"))
            hint = "remove it, or put quotes around text that begins with '!'"
            self._report.add(line, f"the tag '{shown}' is not allowed", hint)

    def _place(self, value: LinedMap | LinedList | str | None, line: int, *, plain: bool = False) -> None:
        """Put a value where it belongs: the root, the next item, the next key, or what the key waited for."""
        self._nodes += 1
        if self._nodes > MAX_NODES:
            message = f"the file holds more than {MAX_NODES:,} values"
            raise UnreadableError(line, message, "split it into several decks")
        if not self._open:
            if self._documents == 1 and value is not None:
                self.root, self.root_line = value, line
            return
        parent = self._open[-1]
        node = parent.node
        if isinstance(node, LinedList):
            node.append(value)
            node.lines.append(line)
        elif parent.key is None:
            parent.key = self._key(node, value, line, plain=plain)
        else:
            if parent.key != _REFUSED:
                node[parent.key] = value
            parent.key = None

    def _key(self, node: LinedMap, key: LinedMap | LinedList | str | None, line: int, *, plain: bool) -> str:
        """Return the key to keep the next value under, or say why there is none."""
        if not isinstance(key, str | None):
            self._report.add(line, f"a key must be text, but this is {_kind(key)}", "write it as 'key: value'")
        elif not key or not key.strip():
            self._report.add(line, "a key is missing before ':'", "write it as 'key: value'")
        elif key == "<<" and plain:
            self._report.add(line, "the merge key '<<' is not allowed", "write the keys out")
        elif key in node.lines:
            self._report.add(line, f"'{short(key)}' is given twice", f"first on line {node.lines[key]}")
        else:
            node.lines[key] = line
            return key
        return _REFUSED

    # On the class: bound methods on the instance would be a cycle that keeps the whole tree until the next collection.
    _HANDLERS: ClassVar[dict[type[yaml.Event], Any]] = {
        yaml.ScalarEvent: _scalar,
        yaml.MappingStartEvent: _start,
        yaml.SequenceStartEvent: _start,
        yaml.MappingEndEvent: _end,
        yaml.SequenceEndEvent: _end,
        yaml.AliasEvent: _alias,
        yaml.DocumentStartEvent: _document,
    }


def _kind(node: LinedMap | LinedList | str) -> str:
    return {LinedMap: "a mapping", LinedList: "a list"}.get(type(node), "only text")
