"""Every record comes back from its bytes as it went in; hashes and ids depend on nothing but what they are made of."""

import types
import typing
from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import internal, records
from schemas.codec import decode, encode, plain
from schemas.errors import UndecodableError
from streams.extraction.stage import BulletinRow
from streams.figures.days import DayRow
from streams.intake.bulletins import complete, from_json, from_record, text_hash
from streams.naming import short_hash
from streams.reconciling.rows import EventRow, Telling
from tests.telling import RECEIVED

STRUCTS = [
    each
    for module in (records, internal)
    for each in vars(module).values()
    if isinstance(each, type) and issubclass(each, msgspec.Struct) and each is not msgspec.Struct
]
PLAIN: dict[object, st.SearchStrategy[object]] = {
    int: st.integers(-(2**63), 2**63 - 1),
    float: st.floats(allow_nan=False, allow_infinity=False),
    str: st.text(max_size=8),
    bool: st.booleans(),
    date: st.dates(),
    type(None): st.none(),
}


def values(wanted: typing.Any) -> st.SearchStrategy[typing.Any]:
    """Values of a type as it stands in a record's field."""
    origin, arguments = typing.get_origin(wanted), typing.get_args(wanted)
    if wanted in PLAIN:
        return PLAIN[wanted]
    if origin is typing.Literal:
        return st.sampled_from(arguments)
    if origin in (types.UnionType, typing.Union):
        return st.one_of(*map(values, arguments))
    if origin is dict:
        return st.dictionaries(*map(values, arguments), max_size=2)
    if origin is tuple and arguments[-1] is ...:
        return st.lists(values(arguments[0]), max_size=2).map(tuple)
    if origin is tuple:
        return st.tuples(*map(values, arguments))
    return st.builds(wanted, **{each.name: values(each.type) for each in msgspec.structs.fields(wanted)})


@pytest.mark.parametrize("wanted", [*STRUCTS, BulletinRow, EventRow, Telling, DayRow], ids=lambda each: each.__name__)
@given(data=st.data())
def test_a_record_comes_back_from_its_bytes(wanted: type[msgspec.Struct], data: st.DataObject) -> None:
    record = data.draw(values(wanted))
    if wanted.__struct_config__.array_like:
        assert msgspec.convert(msgspec.to_builtins(record), wanted) == record
        return
    assert decode(encode(record), wanted) == record
    assert encode(decode(encode(record), wanted)) == encode(record)
    assert encode(record) == encode(decode(encode(record), wanted))
    assert plain(record) == plain(decode(encode(record), wanted))


@given(st.binary(max_size=40))
def test_bytes_that_are_no_record_are_told_so(value: bytes) -> None:
    with pytest.raises(UndecodableError):
        decode(value, records.Event)


FIELDS = st.fixed_dictionaries(
    {"title": st.text(min_size=1, alphabet="aé b«»\u00a0\U0001f600", max_size=9).filter(str.strip)},
    optional={
        "text": st.text(max_size=9, alphabet="a\r\n é"),
        "source": st.sampled_from(("agence", "direct")),
        "address": st.sampled_from(("https://example.org/1", "https://example.org/2")),
        "published_on": st.dates(date(2022, 2, 24), date(2026, 1, 1)).map(str),
        "language": st.sampled_from(("fr", "xx")),
    },
)


@given(FIELDS, st.data())
def test_ids_and_hashes_depend_on_the_fields_alone(fields: dict[str, str], data: st.DataObject) -> None:
    mixed = {name: fields[name] for name in data.draw(st.permutations(sorted(fields)))}
    one = complete(fields | {"received_at": RECEIVED})
    two = from_json(msgspec.json.encode(mixed), "2024-06-01T00:00:00+02:00")
    assert (one.bulletin_id, one.sha256, one.day_number) == (two.bulletin_id, two.sha256, two.day_number)
    assert from_record(encode(one), "2030-01-01T00:00:00+00:00") == one
    assert text_hash(msgspec.structs.replace(one, title=one.title + "x")) != one.sha256


def test_ids_are_the_same_for_ever() -> None:
    assert short_hash("strike|UA|Soumy|2024-05-14", "11") == "d7261fdbcab745959c4f"
