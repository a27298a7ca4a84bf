"""Sentences with a gap: what the other rules leave, ranked by how much there is to know in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from quizgen.articles import Role, Sentence
from quizgen.facts.drafting.gap_model import Gap
from quizgen.facts.drafting.gap_spans import spans
from quizgen.facts.drafting.lexicon import ENGLISH, pattern, wording, words
from quizgen.facts.drafting.names import is_telling
from quizgen.facts.drafting.proposals import Proposal, Read
from quizgen.facts.drafting.tokens import tokens
from quizgen.world import EntityKind

FEWEST_WORDS, MOST_WORDS = 5, 45
MOST_OF_ASK = 390
MOST_A_SENTENCE = 4
SETS = {
    "number": "numbers",
    "date": "dates",
    "year": "years",
    "country": "countries",
    "organisation": "organisations",
    "person": "people",
    "place": "places",
    "name": "names",
    "phrase": "phrases",
}
# How much is to be known in an answer of a sort.
_WORTH = {
    "country": 5.0,
    "person": 5.0,
    "organisation": 5.0,
    "place": 4.5,
    "year": 4.5,
    "date": 5.0,
    "number": 4.0,
    "name": 4.0,
    "phrase": 2.0,
}
_ROLES = {Role.SUMMARY: 2.0, Role.ANSWER: 1.0, Role.TEASER: 0.5}
_BEFORE = re.compile(
    r"(?:(?:Q|A|Question|Answer)\s*[:.]\s+)+|[A-Z][A-Z .,'-]{2,40}(?:\([^)]{1,40}\)\s*)?\s*[-–—]\s+", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Scene:
    """What is known of the whole article: how often names occur, the words of its title, its language."""

    language: str
    counts: Mapping[str, int]
    title: str
    before: Mapping[int, Sentence]  # the sentence before another one in its paragraph, by number


def gap_facts(read: Read, scene: Scene) -> Iterator[Proposal]:
    """Offer a sentence with each of its best gaps."""
    sentence = read.sentence
    size = len(read.parts)
    if not FEWEST_WORDS <= size <= MOST_WORDS or read.stance.asked or _is_label(sentence.text):
        return
    context = _context(read, scene)
    if context is None:
        return
    sound = (gap for gap in spans(read, scene.language) if _is_sound(gap, sentence.text, context))
    found = [gap for gap in sound if not _takes_sides(gap, read)]
    scored = sorted(found, key=lambda gap: (-_worth(gap, read, scene, context), gap.start))
    for gap in _best(_apart(scored)):
        yield from _offer(gap, read, scene, context)


def _takes_sides(gap: Gap, read: Read) -> bool:
    """Tell whether a gap would ask whose a disputed area is."""
    disputed = any(mention.entity and mention.entity.kind is EntityKind.DISPUTED_AREA for mention in read.named)
    return disputed and gap.sort == "country" and bool(pattern("sovereignty").search(read.sentence.text.casefold()))


def _best(gaps: Sequence[Gap]) -> Iterator[Gap]:
    """Take the best gaps of a sentence: at most two of a sort, so that no list is asked through, and one phrase."""
    taken: Counter[str] = Counter()
    for gap in gaps:
        room = taken.total() < 2 if gap.sort == "phrase" else taken.total() < MOST_A_SENTENCE
        if room and taken[gap.sort] < 2:
            taken[gap.sort] += 1
            yield gap


def _offer(gap: Gap, read: Read, scene: Scene, context: str) -> Iterator[Proposal]:
    say = wording(scene.language).gap
    sentence = read.sentence
    begins = _begins(sentence.text)
    if gap.start < begins:
        return
    gapped = sentence.text[begins : gap.start] + say["mark"] + sentence.text[gap.end :]
    ask = say[gap.sort].format(sentence=_plain(f"{context} {gapped}"))
    if len(ask) > MOST_OF_ASK or len(sentence.text) > MOST_OF_ASK:
        return
    yield Proposal(
        sentence,
        sentence.start + begins,
        sentence.end,
        ask=ask,
        answer=_plain(gap.text),
        kind="gap",
        option_set=SETS[gap.sort],
        about=f"gap {gap.text.casefold()}",
        hedged=read.stance.hedged,
        rank=_worth(gap, read, scene, context),
        words=_other_words(read, gap),
    )


def _other_words(read: Read, gap: Gap) -> frozenset[str]:
    return frozenset(token.low for token in read.parts if len(token.low) > 3 and token.low not in gap.text.casefold())


def _plain(text: str) -> str:
    """Fold spaces, and double quotation marks into single ones: the sentence stands in quotation marks itself."""
    return " ".join(text.replace("“", "‘").replace("”", "’").split())


def _context(read: Read, scene: Scene) -> str | None:
    """Give the sentence before, where this one leans on it ("It ...", "These ..."); None where that is of no use."""
    if scene.language != ENGLISH or not read.parts:
        return ""
    first = read.parts[0].low
    first_opens = first in words("openers") - {"today", "now"}
    leaning = first in words("pronouns") - {"both", "here", "there", "we", "our", "i", "my", "us"} or first_opens
    inside = {token.low for token in read.parts[1:7]} & {"they", "them", "it", "he", "she"}
    if not leaning and not inside and len(read.parts) > FEWEST_WORDS + 2:
        return ""
    before = scene.before.get(read.sentence.number)
    if before is None or not before.role.states or not before.whole:
        return "" if not leaning else None
    opening = tokens(before.text)[0].low if before.text else ""
    if opening in words("pronouns") and leaning:
        return None if len(before.text) > 150 else _plain(before.text)
    return _plain(before.text)


def _begins(text: str) -> int:
    """Give where a sentence begins, behind a label ("A: ...") or the place of a report ("ANKARA (Agency) - ...")."""
    found = _BEFORE.match(text)
    return found.end() if found else 0


def _is_label(text: str) -> bool:
    return text.rstrip().endswith(":") or "http" in text or "@" in text


def _is_sound(gap: Gap, text: str, context: str) -> bool:
    """The rest of the sentence does not give a gap away: neither the name itself nor a word made of it."""
    rest = f"{context} {text[: gap.start]} {text[gap.end :]}".casefold()
    if _stands_in(gap.text.casefold(), rest, whole=True):
        return False
    if gap.sort in ("number", "year", "date"):
        return True
    own = [word for word in re.findall(r"\w+", gap.text.casefold()) if len(word) > 3 and not is_telling(word)]
    return not any(_stands_in(_stem(word), rest, whole=False) for word in own)


def _stands_in(part: str, text: str, *, whole: bool) -> bool:
    """Tell whether a word, or its beginning, stands in a text: a pattern made for each would take most of the time."""
    at = text.find(part)
    while at >= 0:
        end = at + len(part)
        begins = at == 0 or not text[at - 1].isalnum()
        if begins and (not whole or end == len(text) or not text[end].isalnum()):
            return True
        at = text.find(part, at + 1)
    return False


def _stem(word: str) -> str:
    return word if len(word) <= 5 else word[: max(5, len(word) - 2)]


def _worth(gap: Gap, read: Read, scene: Scene, context: str) -> float:
    """Rank a gap: what sort of thing it is, how much else its sentence says, how easily it is guessed."""
    size = len(read.parts)
    worth = _WORTH[gap.sort] + _ROLES.get(read.sentence.role, 0.0)
    worth += 0.5 * min(3, len(read.named) + sum(part.is_number for part in read.parts))
    worth -= 1.0 if size < 8 or size > 35 else 0.0
    worth -= 1.5 if context else 0.0
    worth -= 2.0 if gap.text.casefold() in scene.title.casefold() else 0.0  # what it is all about is guessed
    worth -= min(2.0, 0.25 * max(0, scene.counts.get(gap.text, 1) - 1))
    if scene.language == ENGLISH:
        worth -= 1.0 if read.stance.hedged or read.stance.conditional else 0.0
        worth -= 1.5 if read.stance.personal else 0.0
        worth -= 0.5 if read.stance.quoted else 0.0
        worth -= 1.0 if gap.sort == "number" and pattern("rough").search(read.sentence.text[: gap.start][-10:]) else 0.0
    return worth


def _apart(gaps: Sequence[Gap]) -> list[Gap]:
    """Keep the better of gaps that overlap."""
    kept: list[Gap] = []
    for gap in gaps:
        if all(gap.end <= other.start or other.end <= gap.start for other in kept):
            kept.append(gap)
    return kept


def scene_of(reads: Sequence[Read], language: str, title: str, before: Mapping[int, Sentence]) -> Scene:
    """Look at a whole article."""
    counts = Counter(mention.text for read in reads for mention in read.named)
    return Scene(language, counts, title, before)
