"""What a currency is called by those who pay with it: the dinar, for the Kuwaiti dinar would name its country."""

from __future__ import annotations

import re

# Where the last word of the English name is not what the currency is called, or says too little.
_CALLED = {
    "BAM": "convertible mark",
    "CUC": "convertible peso",
    "GBP": "pound sterling",
    "ILS": "new shekel",
    "TWD": "New Taiwan dollar",
    "ZWG": "Zimbabwe Gold",
    "PLN": "złoty",
    "MNT": "tögrög",
    "PYG": "guaraní",
    "SDD": "dinar",
    "BGL": "lev",
    "DEM": "Deutsche Mark",
}

# Names that differ by spelling or by an ending only, or that mean the same: no one should have to tell them apart.
UNITS_ALIKE = (
    frozenset({"krona", "krone", "króna", "koruna", "kroon"}),
    frozenset({"rial", "riyal", "real"}),
    frozenset({"dinar", "denar"}),
    frozenset({"leu", "lev"}),
    frozenset({"rupee", "rupiah", "rufiyaa"}),
    frozenset({"som", "somoni"}),
    frozenset({"lira", "lari"}),
    frozenset({"convertible mark", "Deutsche Mark", "markka"}),
)

_YEARS = re.compile(r" \([^)]*\)$")


def unit_of(code: str, name: str, *, shared: bool) -> str:
    """Give the name of a currency; one that is `shared` by countries keeps its whole name: the US dollar."""
    if code in _CALLED:
        return _CALLED[code]
    whole = _YEARS.sub("", name)
    return whole if shared else whole.split()[-1].casefold()
