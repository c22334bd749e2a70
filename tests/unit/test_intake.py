"""Bulletins from files, lines and records: ids, hashes, days, and what is refused with its remedy."""

import pytest

from schemas.codec import encode
from streams.errors import RefusedInput
from streams.intake.bulletins import MAX_BYTES, FileOptions, from_file, from_json, from_record
from tests.telling import RECEIVED

BOM = b"\xef\xbb\xbf"


def line(text: str) -> str:
    """The id of a JSON line's bulletin."""
    return from_json(text, RECEIVED).bulletin_id


def test_a_file_is_its_title_and_the_rest_with_nothing_stripped() -> None:
    bulletin = from_file(BOM + b" Titre \r\n\r\n  Corps\rfin \n", "x.txt", FileOptions(), RECEIVED)
    assert (bulletin.title, bulletin.text) == (" Titre ", "\n  Corps\nfin \n")


def test_only_the_first_byte_order_mark_goes() -> None:
    assert from_file(BOM + BOM + b"Titre", "x.txt", FileOptions(), RECEIVED).title == "\ufeffTitre"


@pytest.mark.parametrize(
    ("name", "options", "wanted"),
    [
        ("agence-fr-1077.txt", FileOptions(), ("agence-fr/1077", "agence-fr")),
        ("dossier/direct_12.txt", FileOptions(), ("direct/12", "direct")),
        ("agence-7.txt", FileOptions(source="autre"), ("autre/7", "autre")),
        ("agence-7.txt", FileOptions(bulletin_id="un id/à garder"), ("un id/à garder", "agence")),
        ("1077.txt", FileOptions(), ("1077/1077", "1077")),
    ],
)
def test_a_file_without_an_id_is_named_by_source_and_number(
    name: str, options: FileOptions, wanted: tuple[str, str]
) -> None:
    bulletin = from_file(b"Titre\nCorps", name, options, RECEIVED)
    assert (bulletin.bulletin_id, bulletin.source) == wanted


def test_a_line_without_an_id_is_named_by_its_address_else_by_its_text() -> None:
    by_address = line('{"source": "agence", "title": "un", "address": "https://example.org/1"}')
    assert by_address == line('{"source": "agence", "title": "deux", "address": "https://example.org/1"}')
    by_text = line('{"source": "agence", "title": "un"}')
    assert by_text.startswith("agence/")
    assert len({by_address, by_text, line('{"source": "agence", "title": "deux"}')}) == 3
    assert by_text == line('{"source": "agence", "title": "un", "published_on": "2024-05-14", "bulletin_id": ""}')


def test_hash_day_number_and_arrival_are_computed_whatever_a_line_says() -> None:
    told = '{"title": "Jour 100 de la guerre", "sha256": "faux", "day_number": 7, "received_at": "1999-01-01T00:00Z"}'
    bulletin = from_json(told, RECEIVED)
    assert bulletin.day_number == 100
    assert bulletin.received_at == RECEIVED
    assert len(bulletin.sha256) == 64


def test_a_missing_day_is_the_date_part_as_written() -> None:
    told = '{"title": "t", "published_at": "2024-05-14T23:30:00-05:00"}'
    assert str(from_json(told, RECEIVED).published_on) == "2024-05-14"
    told = '{"title": "t", "published_at": "20240514T233000+0000"}'
    assert str(from_json(told, RECEIVED).published_on) == "2024-05-14"


def test_a_record_of_the_log_keeps_the_time_it_came() -> None:
    bulletin = from_json('{"title": "t"}', RECEIVED)
    assert from_record(encode(bulletin), "2030-01-01T00:00:00+00:00") == bulletin
    foreign = from_record(b'{"title": "t", "received_at": null}', "2030-01-01T00:00:00+00:00")
    assert foreign.received_at == "2030-01-01T00:00:00+00:00"
    assert foreign.bulletin_id == bulletin.bulletin_id


def test_the_hash_covers_language_title_text_and_times_alone() -> None:
    base = '{"bulletin_id": "a/1", "title": "t", "text": "x"%s}'
    plain = from_json(base % "", RECEIVED).sha256
    same = (', "version": 9', ', "source": "b"', ', "address": "https://example.org"', ', "withdrawn": true')
    other = (', "language": "xx"', ', "published_on": "2024-05-14"', ', "published_at": "2024-05-14T00:00Z"')
    assert {from_json(base % more, RECEIVED).sha256 for more in same} == {plain}
    assert len({plain, *(from_json(base % more, RECEIVED).sha256 for more in other)}) == 4


def test_a_withdrawal_needs_no_text_but_names_its_bulletin() -> None:
    bulletin = from_json('{"bulletin_id": "a/1", "withdrawn": true, "version": 2}', RECEIVED)
    assert (bulletin.withdrawn, bulletin.version, bulletin.text) == (True, 2, "")
    with pytest.raises(RefusedInput, match="bulletins withdraw ID"):
        from_json('{"withdrawn": true}', RECEIVED)


@pytest.mark.parametrize(
    ("data", "remedy"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        (BOM + b"\n", "neither title nor text"),
        (b"a\0b", "UTF-8"),
        ("é".encode("latin-1"), "iconv"),
        (b"x" * (MAX_BYTES + 1), "split"),
        (b"<!DOCTYPE html><p>", "HTML"),
        (BOM + b"\n\n <html lang='fr'>", "HTML"),
    ],
)
def test_a_file_that_is_no_text_is_refused_with_its_remedy(data: bytes, remedy: str) -> None:
    with pytest.raises(RefusedInput, match=remedy):
        from_file(data, "x.txt", FileOptions(), RECEIVED)


@pytest.mark.parametrize(
    ("told", "remedy"),
    [
        ("{", "broken JSON"),
        ("[" * 100_000, "broken JSON"),
        ('"texte"', "JSON object"),
        ("{}", "title"),
        ('{"title": 5}', "strings"),
        ('{"title": " ", "text": "\\n"}', "neither"),
        ('{"title": "a\\u0000b"}', "UTF-8"),
        ('{"title": "t", "bulletin_id": "a\\u0000b"}', "UTF-8"),
        ('{"title": "<html>"}', "HTML"),
        ('{"title": "t", "bulletin_id": 0}', "bulletin_id"),
        ('{"title": "t", "version": 0}', "version"),
        ('{"title": "t", "version": 99999999999999999999}', "version"),
        ('{"title": "t", "version": true}', "version"),
        ('{"title": "t", "withdrawn": "yes", "bulletin_id": "a/1"}', "withdrawn"),
        ('{"title": "t", "published_on": "2024-02-30"}', "2025-02-04"),
        ('{"title": "t", "published_on": "0001-01-01"}', "2025-02-04"),
        ('{"title": "t", "published_on": 20240514}', "2025-02-04"),
        ('{"title": "t", "published_at": "2024-05-14T10:00:00"}', "offset"),
        ('{"title": "t", "published_at": "0001-01-01T00:00:00+12:00"}', "no time"),
        ('{"title": "t", "published_at": 5}', "no time"),
        ('{"title": "t", "source": "%s"}' % ("x" * 20_000), "shorten"),
    ],
)
def test_a_line_that_is_no_bulletin_is_refused_with_its_remedy(told: str, remedy: str) -> None:
    with pytest.raises(RefusedInput, match=remedy):
        from_json(told, RECEIVED)
