"""Quantities of a French text: digits, number words, collectives, their approximations, ranges, percent and currency.

"de X à Y" is a range where X < Y, a noun follows and no verb of change stands before ("de 7 à 9 morts"); after
"porté", "passé", "monté" … both numbers stand alone, as the first is what was said before. "X à Y", "X ou Y", "X-Y" and
"entre X et Y" are ranges where X < Y.
"""

from schemas.enumerations import Qualifier
from schemas.records import Number
from streams.languages.fr.levelling import level
from streams.languages.fr.numbers.approximations import changes, closed, has_verb, opened
from streams.languages.fr.numbers.forms import Form, forms_of, times
from streams.languages.fr.numbers.money import Unit, is_price, sign_before, unit_after
from streams.languages.fr.numbers.non_counts import Around, around, reasons
from streams.languages.pack import Quantity

RANGE_GAPS = {" à ": "to", " ou ": "or", "-": "to", " - ": "to", " et ": "and"}


def find_quantities(text: str) -> list[Quantity]:
    """Every number of `text` that may count something, sorted, none overlapping another."""
    return [quantity for quantity, reason in _read(text)[0] if reason is None]


def find_non_counts(text: str) -> list[tuple[int, int, str]]:
    """(start, end, reason) of every number that counts nothing: ages, dates, times, sizes, names; sorted."""
    readings, passed = _read(text)
    numbers = [(each.number_start, each.number_end, reason) for each, reason in readings if reason is not None]
    return sorted([*numbers, *passed])


def _read(text: str) -> tuple[list[tuple[Quantity, str | None]], list[tuple[int, int, str]]]:
    """(each number with the reason why it is no count, or None; spans that are no numbers with their reason)."""
    levelled = level(text)
    forms, passed = forms_of(levelled)
    if not forms:
        return [], passed
    forms, near, units = _with_units(levelled, forms)
    verbal = has_verb(levelled, forms[0].start, forms[-1].start)
    before = [opened(levelled, form.start, around.last, verbal) for form, around in zip(forms, near, strict=True)]
    approximated = [qualifier is not None for _, qualifier in before]
    against = reasons(text, levelled, forms, near, approximated, [unit is not None for unit in units])
    for index, unit in enumerate(units):
        if unit is not None and against[index] is None and is_price(levelled, unit, forms[index].value):
            against[index] = "price"
    readings: list[tuple[Quantity, str | None]] = []
    index = 0
    while index < len(forms):
        low, high = forms[index], forms[index]
        if low.kind == "article" and index + 1 < len(forms) and before[index + 1][0] <= low.start:
            index += 1  # the "un" of "un peu plus de 300"
            continue
        ranged = index + 1 < len(forms) and against[index] == against[index + 1] and _is_range(levelled, forms, index)
        if ranged:
            high = forms[index + 1]
        quantity = _quantity(levelled, low, high, before[index], units[index + ranged])
        readings.append((quantity, against[index]))
        index += 2 if ranged else 1
    return readings, passed


def _with_units(levelled: str, forms: list[Form]) -> tuple[list[Form], list[Around], list[Unit | None]]:
    """(forms, what is around them, the unit after each) without those inside the unit before them: "20 pour cent"."""
    kept: list[Form] = []
    near: list[Around] = []
    units: list[Unit | None] = []
    limit = 0
    for form in forms:
        if form.start < limit:
            continue
        each = around(levelled, form)
        unit = unit_after(levelled, form.start, form.end, form.value, each.word)
        kept.append(form)
        near.append(each)
        units.append(unit)
        limit = unit.end if unit is not None else form.end
    return kept, near, units


def _is_range(levelled: str, forms: list[Form], index: int) -> bool:
    low, high = forms[index], forms[index + 1]
    gap = levelled[low.end : high.start]
    how = RANGE_GAPS.get(gap)
    if how is None or low.kind in {"ordinal", "vague"} or high.kind in {"ordinal", "article", "vague"}:
        return False
    if _low_value(levelled, low, high) >= high.value:
        return False
    head = levelled[max(0, low.start - 8) : low.start]
    if how == "and":
        return head.endswith("entre ")
    if gap == "-" and not (low.kind == high.kind == "digits" and low.value > 0):
        return False
    if (gap == " à " and head.endswith((" de ", " d'"))) or head in {"de ", "d'"}:
        follows = levelled[high.end : high.end + 2]
        return follows[:1] == " " and follows[1:].isalpha() and not changes(levelled, low.start)
    return True


def _low_value(levelled: str, low: Form, high: Form) -> Number:
    """The low end with the scale that stands only at the high end: "2 à 3 millions", "deux à trois cents"."""
    if high.kind != "words" or low.scale != 1 or low.value >= 1000 or low.kind == "collective":
        return low.value
    hundreds = low.value < 10 and low.kind == "words" and levelled.endswith("cents", high.start, high.end)
    if high.scale < 1000 and not hundreds:
        return low.value
    scaled = times(low.value, 100 if hundreds else high.scale)
    return scaled if scaled < high.value else low.value


def _quantity(
    levelled: str, low: Form, high: Form, before: tuple[int, Qualifier | None], found: Unit | None
) -> Quantity:
    start, qualifier = before
    end, unit, factor = high.end, None, 1
    if found is not None:
        end, unit, factor = found.end, found.code, found.factor
    elif (sign := sign_before(levelled, start)) is not None:
        start, unit = start - 1, sign
    if low.kind != "article":
        end, closing = closed(levelled, end)
        qualifier = closing if qualifier is None else qualifier
    value = times(low.value if low is high else _low_value(levelled, low, high), factor)
    top = value
    if low is not high:
        top, qualifier = times(high.value, factor), "range"
        if levelled[max(0, start - 6) : start] == "entre ":
            start -= len("entre ")
        elif levelled[max(0, start - 3) : start] == "de ":
            start -= len("de ")
    elif low.kind == "vague":
        qualifier = "vague"
    elif low.kind == "collective" and qualifier is None:
        qualifier = "about"
    return Quantity(
        start=start,
        end=end,
        number_start=low.start,
        number_end=high.end,
        value=value,
        low=value,
        high=top,
        qualifier="exact" if qualifier is None else qualifier,
        unit=unit,
        ordinal=low.kind == "ordinal",
        article=low.kind == "article",
    )
