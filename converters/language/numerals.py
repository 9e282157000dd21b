"""Numbers in the digits of a language, and in Roman and Hebrew letters (Language::romanNumeral, hebrewNumeral)."""

from __future__ import annotations

from converters.language.language import Language

ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
         (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
ROMAN_LIMIT, HEBREW_LIMIT = 10_000, 9_999
HEBREW = (
    (400, "ת"), (300, "ש"), (200, "ר"), (100, "ק"), (90, "צ"), (80, "פ"), (70, "ע"), (60, "ס"), (50, "נ"), (40, "מ"),
    (30, "ל"), (20, "כ"), (10, "י"), (9, "ט"), (8, "ח"), (7, "ז"), (6, "ו"), (5, "ה"), (4, "ד"), (3, "ג"),
    (2, "ב"), (1, "א"),
)  # fmt: skip
# 15 and 16 are written as 9 + 6 and 9 + 7: their usual letters are part of the name of God.
INSTEAD = {"יה": "טו", "יו": "טז"}
LAST_LETTERS = str.maketrans("כמנפצ", "ךםןףץ")
THOUSAND, THOUSANDS = "אלף", "אלפים"


def own_digits(number: object, spoken: Language) -> str:
    """A number in the digits of a language, without separators."""
    return "".join(spoken.digits.get(digit, digit) for digit in str(number))


def roman(digits: str) -> str:
    """A number in Roman letters; what is none, or too large, as it is."""
    number = int(digits) if digits.isdecimal() else 0
    return _letters(number, ROMAN) if 0 < number <= ROMAN_LIMIT else digits


def hebrew(digits: str) -> str:
    """A number in Hebrew letters, marked as one by geresh or gershayim; what is none, or too large, as it is."""
    number = int(digits) if digits.isdecimal() else 0
    if not 0 < number <= HEBREW_LIMIT:
        return digits
    thousands, rest = divmod(number, 1000)
    if not rest:
        return f"{_letters(thousands, HEBREW)}' {THOUSAND if thousands == 1 else THOUSANDS}"
    front = f"{_letters(thousands, HEBREW)}'" if thousands else ""
    letters = _letters(rest, HEBREW)
    letters = letters[:-2] + INSTEAD.get(letters[-2:], letters[-2:])
    if len(letters) == 1:
        return f"{front}{letters.translate(LAST_LETTERS) if front else letters}'"
    return f'{front}{letters[:-1]}"{letters[-1].translate(LAST_LETTERS)}'


def _letters(number: int, signs: tuple[tuple[int, str], ...]) -> str:
    written = ""
    for value, letters in signs:
        count, number = divmod(number, value)
        written += letters * count
    return written
