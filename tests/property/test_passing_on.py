"""Records that others wrote are passed on as they came, whatever their headers: read again, put away, closed."""

from hypothesis import given
from hypothesis import strategies as st

from streams import catalog
from streams.errors import RefusedInput
from streams.kafka import dead_letters, rereads
from streams.kafka.dead_letters import DISMISSED, MENDED, closed, dead_letter, mended, told_by
from streams.kafka.outputs import MAX_MESSAGE_BYTES, Incoming, Output
from streams.kafka.replaying import READ_THROUGH, _spans
from streams.kafka.rereads import asked_for_letter, origin_of, received, reread

OURS = (rereads.PARTITION, rereads.OFFSET, rereads.TIMESTAMP, rereads.LETTER, rereads.LEFT_OUT)
NAMES = st.sampled_from([*OURS, dead_letters.FIRST, "error.topic", "error.offset", DISMISSED, MENDED, "other", ""])
HEADERS = st.lists(st.tuples(NAMES, st.none() | st.binary(max_size=3)), max_size=6).map(tuple)
RECORDS = st.builds(
    Incoming,
    topic=st.just(catalog.BULLETINS),
    partition=st.integers(0, 5),
    offset=st.integers(0, 2**40),
    timestamp_ms=st.integers(0, 2**41),
    key=st.none() | st.binary(max_size=4),
    value=st.none() | st.binary(max_size=4),
    headers=HEADERS,
)


def arrived(output: Output, partition: int = 3, offset: int = 7) -> Incoming:
    """What was sent, as its receiver gets it."""
    return Incoming(output.topic, partition, offset, 1, output.key, output.value, tuple(output.headers))


@given(RECORDS, st.booleans(), st.integers(1, 3))
def test_a_record_read_again_is_the_record_that_stands_in_the_log(
    record: Incoming, has_letter: bool, times: int
) -> None:
    message = arrived(reread(record, has_letter=has_letter))
    for _ in range(times - 1):
        message = arrived(reread(message))
    assert received(message) == record
    assert origin_of(message) == origin_of(record)
    assert asked_for_letter(message) == has_letter


@given(RECORDS, st.booleans())
def test_a_dead_letter_holds_the_record_and_what_became_of_it(record: Incoming, is_closed: bool) -> None:
    letter = dead_letter(record, catalog.READ, RefusedInput("no"))
    if is_closed:
        letter = closed(arrived(letter, record.partition), DISMISSED)
    assert (letter.key, letter.value, letter.partition) == (record.key, record.value, record.partition)
    assert letter.headers[: len(record.headers)] == record.headers
    told = told_by(letter.headers)
    assert (told["error.topic"], told["error.offset"]) == (record.topic, str(record.offset))
    assert (DISMISSED in told, MENDED in told) == (is_closed, False)
    assert MENDED in told_by(mended(record, catalog.READ).headers)


def test_a_record_too_large_is_passed_on_by_its_size_alone() -> None:
    record = Incoming(catalog.BULLETINS, 1, 2, 3, b"key", b" " * MAX_MESSAGE_BYTES, (("name", b"value"),))
    message = arrived(reread(arrived(reread(record))))
    assert (message.key, message.value, received(message).size) == (None, None, record.size)
    letter = dead_letter(received(message), catalog.READ, RefusedInput("no"))
    assert (letter.key, letter.value) == (None, None)
    assert told_by(letter.headers)[dead_letters.LEFT_OUT] == str(record.size)


@given(st.lists(st.integers(0, 20 * READ_THROUGH), unique=True, min_size=1).map(sorted))
def test_what_is_retried_lies_in_spans_without_long_gaps(offsets: list[int]) -> None:
    spans = list(_spans(4, offsets))
    inside = [each for span in spans for each in offsets if span.starts[4] <= each < span.ends[4]]
    assert inside == offsets
    assert sum(span.total for span in spans) <= len(offsets) * READ_THROUGH
