"""What a currency is called by those who pay with it: the dinar, for the Kuwaiti dinar would name its country."""

from __future__ import annotations

import re

# Where the last word of the English name is not what the currency is called, or says too little.
_CALLED = {
    "BAM": "convertible mark",
    "CUC": "convertible peso",
    "GBP": "pound sterling",
    "ILS": "new shekel",
    "ISK": "krona",
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
    frozenset({"schilling", "shilling"}),
    frozenset({"convertible mark", "Deutsche Mark", "markka"}),
)

_YEARS = re.compile(r" \([^)]*\)$")


def unit_of(code: str, name: str, *, shared: bool) -> str:
    """Give the name of a currency; one that is `shared` by countries keeps its whole name: the US dollar."""
    if code in _CALLED:
        return _CALLED[code]
    whole = _YEARS.sub("", name)
    return whole if shared else whole.split()[-1].casefold()


def are_taken_for_one_another(one: str, other: str) -> bool:
    """Tell whether either of two names may mean the other's currency, too: the dollar and the US dollar.

    Two whole names, such as the US dollar and the Australian dollar, cannot be mistaken.
    """
    if one == other:
        return False
    return any({one, other} <= group for group in UNITS_ALIKE) or _is_unit_of(one, other) or _is_unit_of(other, one)


def _is_unit_of(unit: str, name: str) -> bool:
    """Tell whether a bare unit, or one that is written like it, is a word of a name."""
    alike = next((group for group in UNITS_ALIKE if unit in group), frozenset({unit}))
    return " " not in unit and not alike.isdisjoint(name.casefold().split())
