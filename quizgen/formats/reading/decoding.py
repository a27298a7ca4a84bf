"""Bytes of a text file become text, in whatever encoding a teacher's programs wrote them."""

from __future__ import annotations

import codecs

from quizgen.formats.reading.model import MAX_BYTES, Reading, Where

# The longer mark first: that of UTF-16 begins that of UTF-32.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What Excel saves as "CSV" depends on the language of the computer. Of Latin ones the letters that their languages use
# tell them apart, and at a tie the first is taken; the others are told apart by a library that knows how texts look.
_LATIN = {
    "cp1252": "äöüßéèêëàâçùûôîïñáíóúãõåæøœ’‘“”„–—…€«»¿¡°§ \u00a0",
    "cp1254": "çğıi\u0307öşüâîû’‘“”„–—…€«»°§ \u00a0",
    "cp1250": "ąćęłńóśźżáčďéěíňřšťúůýžőűăâîşţäöüß’‘“”„–—…€«»°§ \u00a0",
    "cp1257": "āčēģīķļņšūžąęėįųõäöü’‘“”„–—…€«»°§ \u00a0",
}
_OTHER = ("cp1251", "cp1253", "cp1255", "cp1256", "shift_jis", "gb18030", "big5", "euc_kr")
_SHOWN = 4096


def decode(data: bytes, where: Where, reading: Reading) -> str | None:
    """Return the text with its lines ended by line feeds; None, with the reason in `reading`, if it is none.

    UTF-8 and marked UTF-16 are certain. Anything else is a guess, and said to be one.
    """
    if len(data) > MAX_BYTES:
        reading.refuse(where, f"the file is larger than {MAX_BYTES >> 20} MB", "split it into several files")
        return None
    text = _decoded(data, where, reading)
    if text is None:
        reading.refuse(where, "this is not text", "save it as CSV or text, UTF-8")
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes, where: Where, reading: Reading) -> str | None:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _try(data[len(mark) :], name)
    if data[:_SHOWN].count(0) * 4 > len(data[:_SHOWN]):
        even, odd = data[:_SHOWN:2].count(0), data[1:_SHOWN:2].count(0)
        return _try(data, "utf-16-be" if even > odd else "utf-16-le")
    text = _try(data, "utf-8")
    return text if text is not None else _guessed(data, where, reading)


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _guessed(data: bytes, where: Where, reading: Reading) -> str | None:
    name = _legacy(data)
    text = _try(data, name)
    if text is None or "\0" in text:
        return None
    shown = name.replace("cp", "windows-").replace("_", "-")
    reading.note(where, f"read as {shown}, which is a guess", "if letters look wrong, save the file as UTF-8")
    return text


def _legacy(data: bytes) -> str:
    """Guess in which of the old encodings a text is."""
    high = bytes(byte for byte in data if byte >= 0x80)
    low = sum(byte < 0x80 and chr(byte).isalpha() for byte in data)
    if len(high) * 2 > low:
        from charset_normalizer import from_bytes  # noqa: PLC0415 - heavy, and seldom needed

        if all(0xE0 <= byte <= 0xFA for byte in high):
            return "cp1255"  # letters of the Hebrew alphabet, which has no capitals
        best = from_bytes(data, cp_isolation=list(_OTHER)).best()
        if best and best.encoding in _OTHER:
            return best.encoding
    return max(_LATIN, key=lambda name: _share(high, name))


def _share(high: bytes, name: str) -> float:
    """Tell how many of the letters are such as the languages of an encoding use."""
    letters = high.decode(name, errors="replace").casefold()
    return sum(letter in _LATIN[name] for letter in letters) / max(1, len(letters))
