"""An article becomes a draft deck: every rule proposes, and what stays is what no other sentence speaks against."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from quizgen.articles import Article, Role, Sentence, folded
from quizgen.facts.drafting import contradictions
from quizgen.facts.drafting.gaps import gap_facts, scene_of
from quizgen.facts.drafting.goals import goal_facts
from quizgen.facts.drafting.header import Given, category_of, key_of, source_of, title_of
from quizgen.facts.drafting.lexicon import ENGLISH, remarks, wording
from quizgen.facts.drafting.making import made
from quizgen.facts.drafting.other_names import with_other_names
from quizgen.facts.drafting.pairs import list_facts, own_questions, timeline_facts, title_facts
from quizgen.facts.drafting.people import full_names, office_facts
from quizgen.facts.drafting.proposals import Proposal, Read
from quizgen.facts.drafting.reading import read_sentences
from quizgen.facts.drafting.relations import relation_facts, says_relation
from quizgen.facts.drafting.statements import statement_facts
from quizgen.facts.model import Deck
from quizgen.problems import Problem

MOST_FACTS = 60
_LETTER = re.compile(r"\w")
MOST_GAPS = 60
MOST_REMARKS = 30
MOST_LINES = 20  # that say the same again
ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft deck, and what whoever reviews it should know.

    `gaps` are the keys of the facts that are sentences with a gap, the one most worth knowing first; `remarks` name
    both lines where the article contradicts itself; `left` counts what was left out, and why.
    """

    deck: Deck
    gaps: tuple[str, ...] = ()
    remarks: tuple[Problem, ...] = ()
    left: Mapping[str, int] = field(default_factory=dict)


def draft(article: Article, *, as_of: date, file: str = "", given: Given | None = None) -> Drafted:
    """Draft a deck from an article by rules alone; `as_of` is the day on which it was read, `file` its name in remarks.

    Every fact has a verbatim quote with its place, and is a draft: nothing is asked until a person has reviewed it. The
    deck may have no fact at all, where the rules understood nothing.
    """
    known = given or Given()
    language = article.language or ENGLISH
    reads = read_sentences(article, language)
    statements, conflicts, left = _statements(article, reads, language)
    gaps = with_other_names(_gaps(article, reads, language, statements, conflicts), reads)
    left.update({"more than are offered": max(0, len(gaps) - MOST_GAPS)})
    lines = _Lines(article)
    deck = _deck(article, as_of, known, language)
    same = _same_words(article)
    proposals = [one for one in (*statements[:MOST_FACTS], *gaps[:MOST_GAPS]) if _is_whole(article, one)]
    facts = tuple(made(proposals, deck, lambda proposal: _note(proposal, same, lines, language)))
    told = [_remark(conflict, file, lines) for conflict in conflicts]
    told += _miscounted(article, reads, language, file, lines)
    return Drafted(
        replace(deck, facts=facts),
        tuple(fact.key for fact in facts if fact.kind == "gap"),
        tuple(dict.fromkeys(told))[:MOST_REMARKS],
        {why: count for why, count in left.items() if count},
    )


def _deck(article: Article, as_of: date, given: Given, language: str) -> Deck:
    key = given.key or key_of(article, given)
    return Deck(
        key=key,
        title=title_of(article, given, language),
        description=wording(language).deck["description"],
        category=category_of(article, given, language),
        language=language,
        as_of=as_of,
        file=f"{key}.yaml",
        sources=(source_of(article, given, as_of, language),),
    )


def _statements(
    article: Article, reads: Sequence[Read], language: str
) -> tuple[list[Proposal], list[contradictions.Conflict], Counter[str]]:
    """Give what the rules state, each fact once, without what contradicts itself; the conflicts; what was left out."""
    left = Counter(_why_left(article))
    proposals = [*title_facts(article, language), *own_questions(article, language)]
    proposals += timeline_facts(article.stating(), language)
    conflicts: list[contradictions.Conflict] = []
    if language == ENGLISH:
        left.update(_why_silent(reads))
        proposals += _english(article, reads)
        conflicts += contradictions.between_sentences(reads)
    wrong: set[int] = set()
    for conflict, one, other in contradictions.between_facts(proposals):
        conflicts.append(conflict)
        wrong |= {id(one), id(other)}
    differ = _in_conflict(conflicts)
    kept = [one for one in proposals if id(one) not in wrong and not _is_disputed(one, differ)]
    left["contradicted"] += len(proposals) - len(kept)
    merged = _merged(kept)
    left["said twice"] += len(kept) - len(merged)
    return sorted(merged, key=lambda one: one.start), _once(conflicts), left


def _english(article: Article, reads: Sequence[Read]) -> Iterator[Proposal]:
    full = full_names(reads)
    by_number = {read.sentence.number: read for read in reads}
    for proposal, *_ in list_facts(article, by_number):
        if proposal:
            yield proposal
    for read in reads:
        yield from office_facts(read, full)
        yield from goal_facts(read)
        yield from relation_facts(read)
        if not says_relation(read):
            yield from statement_facts(read)


def _in_conflict(conflicts: Iterable[contradictions.Conflict]) -> dict[int, list[str]]:
    """Give what sentences differ in, by the number of each."""
    found: dict[int, list[str]] = {}
    for conflict in conflicts:
        for sentence in (conflict.first, conflict.second):
            found.setdefault(sentence.number, []).extend(part.split(" ")[0] for part in (conflict.one, conflict.other))
    return found


def _is_disputed(proposal: Proposal, differ: Mapping[int, Sequence[str]]) -> bool:
    """Tell whether what a proposal answers is what two sentences differ in."""
    return any(part in proposal.answer for part in differ.get(proposal.sentence.number, ()))


def _once(conflicts: Iterable[contradictions.Conflict]) -> list[contradictions.Conflict]:
    pairs = {(conflict.first.number, conflict.second.number): conflict for conflict in conflicts}
    return [pairs[pair] for pair in sorted(pairs)]


def _merged(proposals: Iterable[Proposal]) -> list[Proposal]:
    """Keep each fact once: the same question, the same claim, or the same answer to nearly the same words."""
    kept: dict[str, Proposal] = {}
    for proposal in proposals:
        claim = proposal.claim
        same = f"{claim.subject.key} {claim.relation} {claim.object.key}" if claim else folded(proposal.ask).casefold()
        same = proposal.about if proposal.about.startswith("office") else same
        first = kept.setdefault(same, proposal)
        if _says_more(proposal, first):
            kept[same] = proposal
    return list(kept.values())


def _says_more(proposal: Proposal, first: Proposal) -> bool:
    """Tell whether the second of two that ask the same is the one to keep."""
    if proposal.claim and first.claim:
        return proposal.claim.start is not None and first.claim.start is None
    longer = len(proposal.answer) > len(first.answer)
    return longer if proposal.about.startswith("office") else proposal.kind == "definition" and not longer


def _is_whole(article: Article, proposal: Proposal) -> bool:
    """Tell whether a quote ends where words end, as `Article.holds` asks: a sentence may be cut before half a sign."""
    around = article.text[max(0, proposal.start - 1) : proposal.start], article.text[proposal.end : proposal.end + 1]
    return not any(_LETTER.match(sign) for sign in around)


def _gaps(
    article: Article,
    reads: Sequence[Read],
    language: str,
    statements: Sequence[Proposal],
    conflicts: Sequence[contradictions.Conflict],
) -> list[Proposal]:
    """Give the sentences with a gap that are worth offering, best first, none that a statement asks already."""
    before = {
        after.number: one
        for one, after in zip(article.sentences, article.sentences[1:], strict=False)
        if one.paragraph == after.paragraph
    }
    scene = scene_of(reads, language, article.title, before)
    asked: dict[int, list[str]] = {}
    for fact in statements:
        asked.setdefault(fact.sentence.number, []).append(fact.answer.casefold())
    offered: dict[str, list[Proposal]] = {}
    differ = _in_conflict(conflicts)
    for read in reads:
        for gap in gap_facts(read, scene):
            answers = [answer for answer in asked.get(read.sentence.number, ()) if len(answer.split()) < 6]
            if any(gap.answer.casefold() in answer for answer in answers) or _is_disputed(gap, differ):
                continue
            alike = offered.setdefault(gap.answer.casefold(), [])
            if not any(_overlap(gap, other) >= ALIKE for other in alike):
                alike.append(gap)
    return sorted((gap for alike in offered.values() for gap in alike), key=lambda gap: (-gap.rank, gap.start))


def _overlap(one: Proposal, other: Proposal) -> float:
    return len(one.words & other.words) / max(1, min(len(one.words), len(other.words)))


def _why_left(article: Article) -> Iterator[str]:
    """Name the sentences that are never read for facts."""
    stating = {sentence.number for sentence in article.stating()}
    for sentence in article.sentences:
        if sentence.role.states and not sentence.whole:
            yield "cut off"
        elif sentence.role.states and sentence.number not in stating:
            yield "said twice"
        elif not sentence.role.states and sentence.role not in (Role.TITLE, Role.CATEGORY, Role.HEADING, Role.QUESTION):
            yield "around the article"


def _why_silent(reads: Iterable[Read]) -> Iterator[str]:
    """Name why a sentence is no plain statement."""
    names = {
        "hedged": "guesses",
        "conditional": "conditions",
        "reported": "somebody's words",
        "quoted": "somebody's words",
        "personal": "somebody's words",
        "future": "what is to come",
        "negated": "denials",
        "asked": "questions",
    }
    for read in reads:
        why = next((name for name in names if getattr(read.stance, name)), "")
        if why:
            yield names[why]


class _Lines:
    """Finds the line on which an offset of an article stands."""

    def __init__(self, article: Article) -> None:
        self.starts = [0, *(at + 1 for at, char in enumerate(article.text) if char == "\n")]

    def of(self, offset: int) -> int:
        """Give the number of a line, from 1 on."""
        return bisect_right(self.starts, offset)


def _note(proposal: Proposal, same: Mapping[str, Sequence[Sentence]], lines: _Lines, language: str) -> str:
    """Say where else the article says the same in the same words."""
    alike = same.get(folded(proposal.sentence.text), ())
    others = [lines.of(sentence.start) for sentence in alike if sentence.number != proposal.sentence.number]
    if not others:
        return ""
    say = wording(language).deck["also_said"]
    return say.format(lines=", ".join(str(line) for line in list(dict.fromkeys(others))[:MOST_LINES]))


def _same_words(article: Article) -> dict[str, list[Sentence]]:
    found: dict[str, list[Sentence]] = {}
    for sentence in article.sentences:
        if sentence.role.states and sentence.whole:
            found.setdefault(folded(sentence.text), []).append(sentence)
    return found


def _remark(conflict: contradictions.Conflict, file: str, lines: _Lines) -> Problem:
    line = str(lines.of(conflict.first.start))
    message = conflict.message.replace("{line}", line)
    return Problem(file, lines.of(conflict.second.start), message, remarks()["differs_hint"])


def _miscounted(article: Article, reads: Sequence[Read], language: str, file: str, lines: _Lines) -> list[Problem]:
    if language != ENGLISH:
        return []
    by_number = {read.sentence.number: read for read in reads}
    return [
        Problem(file, lines.of(heading.start), remarks()["counted"].format(said=said, listed=listed))
        for proposal, heading, said, listed in list_facts(article, by_number)
        if proposal is None and listed and said != listed
    ]
