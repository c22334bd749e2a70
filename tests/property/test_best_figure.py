"""The best figure is the contract's, stated here a second time in the plainest way."""

from hypothesis import given
from hypothesis import strategies as st

from schemas.records import Statement
from streams.reconciling.figures import best_figures, key_of
from tests.telling import said

TIMES = {"a/1": "2024-05-14T06:00", "a/2": "2024-05-14T06:00", "a/3": "2024-05-15T06:00", "a/4": ""}


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    """One of few statements, each at a place of its own."""
    value = draw(st.sampled_from((0, 3, 38, 55, 12.5)))
    return said(
        draw(st.sampled_from(("killed", "injured"))),
        value,
        low=value - draw(st.integers(0, 2)),
        high=value + draw(st.integers(0, 2)),
        of=draw(st.sampled_from((None, "child"))),
        section=draw(st.sampled_from(("title", "lead", "headline", "body"))),
        start=draw(st.integers(0, 10**6)),
        bulletin_id=draw(st.sampled_from(tuple(TIMES))),
        revision=draw(st.sampled_from((None, None, "former", "update"))),
    )


@given(st.lists(statements(), min_size=1, unique_by=lambda each: each.start))
def test_best_is_the_last_word_of_the_latest_text(told: list[Statement]) -> None:
    found = {key_of(each): each for each in best_figures((TIMES[each.bulletin_id], each) for each in told)}
    assert found.keys() == {key_of(each) for each in told}
    for key, figure in found.items():
        group = [each for each in told if key_of(each) == key]
        assert figure.low == min(each.low for each in group)
        assert figure.high == max(each.high for each in group)
        assert figure.value == _best_value(group)


@given(st.lists(statements(), min_size=1, unique_by=lambda each: each.start), st.data())
def test_the_order_of_statements_decides_nothing_but_the_order_of_figures(
    told: list[Statement], data: st.DataObject
) -> None:
    mixed = data.draw(st.permutations(told))
    best = best_figures((TIMES[each.bulletin_id], each) for each in told)
    assert set(best) == set(best_figures((TIMES[each.bulletin_id], each) for each in mixed))


def _best_value(group: list[Statement]) -> float:
    current = [each for each in group if each.revision != "former"]
    texts = {each.bulletin_id for each in current or group}
    latest_time = max(TIMES[bulletin_id] for bulletin_id in texts)
    last_words = []
    for bulletin_id in (each for each in texts if TIMES[each] == latest_time):
        own = [each for each in current or group if each.bulletin_id == bulletin_id]
        own = [each for each in own if each.revision == "update"] or own
        own = [each for each in own if each.section in ("title", "lead")] or own
        last_words.append(max(own, key=lambda each: each.value))
    ranked = [each for each in last_words if each.section in ("title", "lead")] or last_words
    return max(each.value for each in ranked)
