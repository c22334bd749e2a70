"""The score keeps to its definitions, and gives the figures of the evaluation's own script where that is at hand."""

import io
import json
import runpy
import shlex
import sys
from collections.abc import Sequence
from contextlib import redirect_stdout
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any
from unittest.mock import patch

import msgspec
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from schemas.codec import plain
from streams.commands.reading import answer_line
from tests.accuracy import drawn
from tests.accuracy.annotated import DEVELOPMENT_FILE, Answer, held_out, read_set, sets
from tests.accuracy.drawn import relaxed
from tests.accuracy.scoring import COUNTS, MEASURES, compared, identity, mark, score, total

SCRIPT = DEVELOPMENT_FILE.with_name("score.py")
ROWS = ("toll", "figures", "figures_strict", "figures_bound", "strike_places", "strike_days", "kinds")
beside = pytest.mark.skipif(not SCRIPT.is_file(), reason="../shared/evaluation/score.py is not beside the checkout")
# The script leaves the file it reads to the garbage collector.
careless = pytest.mark.filterwarnings("ignore::ResourceWarning")
counts = st.lists(st.integers(0, 3), max_size=6)


def scripted(gold: Path, answers: Sequence[dict[str, Any]], folder: Path) -> dict[str, Any]:
    """What the evaluation's own script prints of these answers."""
    given_answers = folder / "answers.ndjson"
    given_answers.write_bytes(b"".join(msgspec.json.encode(answer) + b"\n" for answer in answers))
    words = ["score.py", str(gold), "--json", "--command", shlex.join(["cat", str(given_answers)])]
    printed = io.StringIO()
    with patch.object(sys, "argv", words), redirect_stdout(printed):
        runpy.run_path(str(SCRIPT))["main"]()
    found: dict[str, Any] = json.loads(printed.getvalue())
    assert found["missing"] == 0
    return found


def as_scripted(read: Sequence[Any]) -> dict[str, float]:
    """Our figures under the script's names."""
    ours = {name: float(value) for name, value in score(read).items()}
    marks = total(mark(*each) for each in read)
    for name in ROWS:
        own = marks[name]
        ours |= {f"{name}.right": own.right.total(), f"{name}.found": own.right.total() + own.extra.total()}
        ours[f"{name}.wanted"] = own.right.total() + own.missed.total()
    return ours | {"bounds.checked": marks["bounds"].right.total() + marks["bounds"].missed.total()}


def theirs(printed: dict[str, Any]) -> dict[str, float]:
    """The script's figures, flat."""
    flat = {name: printed[name]["f1"] for name in ROWS} | {"stream_macro_f1": printed["stream_macro_f1"]}
    flat |= {f"{name}.{count}": printed[name][count] for name in ROWS for count in ("right", "found", "wanted")}
    flat |= {"bounds": printed["bounds"]["right"], "bounds.checked": printed["bounds"]["checked"]}
    flat |= {"items": printed["items"]["accuracy"], "items_extra": printed["items"]["extra"]}
    flat |= {"spurious_on_other": printed["spurious_on_other"]["with_events"]}
    return flat | {
        "quotes_wrong": printed["quotes"]["wrong"],
        "quotes_missing": printed["quotes"]["figures_without"],
    }


@beside
@careless
@pytest.mark.parametrize("name", sets())
def test_the_same_figures_as_the_evaluations_script_on_every_set(name: str, tmp_path: Path) -> None:
    path = sets()[name]
    lines = [json.loads(line) for line in path.read_bytes().splitlines() if line.strip()]
    answers = [answer_line(json.dumps({k: v for k, v in line.items() if k != "gold"}).encode()) for line in lines]
    assert as_scripted(read_set(path)) == pytest.approx(theirs(scripted(path, answers, tmp_path)), abs=6e-5)


@beside
@careless
@relaxed
@given(each=drawn.drawn_sets)
def test_the_same_figures_as_the_evaluations_script_on_whatever_may_come(
    each: tuple[drawn.Pair, ...], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("drawn")
    gold = folder / "gold.ndjson"
    gold.write_bytes(b"".join(msgspec.json.encode(line) + b"\n" for line, _ in each))
    read = drawn.typed(each)
    answers = [
        found | {"events": [plain(event) for event in answer.given]}
        for (_, found), (_, answer) in zip(each, read, strict=True)
    ]
    assert as_scripted(read) == pytest.approx(theirs(scripted(gold, answers, folder)), abs=6e-5)


@relaxed
@given(each=drawn.drawn_sets)
def test_rates_lie_between_0_and_1_and_the_order_of_texts_is_nothing(each: tuple[drawn.Pair, ...]) -> None:
    read = drawn.typed(each)
    values = score(read)
    assert tuple(values) == MEASURES
    assert all(value >= 0 and (name in COUNTS or value <= 1) for name, value in values.items())
    assert score(reversed(read)) == values


@relaxed
@given(each=drawn.texts())
def test_an_answer_that_is_the_annotation_is_perfect(each: drawn.Pair) -> None:
    ((text, _),) = drawn.typed((each,))
    for event in text.gold.events:
        assume(len({identity(figure) for figure in event.figures}) == len(event.figures))
    streams = tuple(sorted({event.stream for event in text.gold.events})) or ("other",)
    gold = msgspec.structs.replace(text.gold, streams=streams, items=text.gold.items[:1])
    assume(all(item.headline for item in gold.items))
    own = replace(text, gold=gold)
    values = score([(own, drawn.perfect(own))])
    assert values == dict.fromkeys(MEASURES, 1) | dict.fromkeys(COUNTS, 0)


@relaxed
@given(each=drawn.texts())
def test_no_answer_misses_everything_that_is_wanted_and_invents_nothing(each: drawn.Pair) -> None:
    ((text, _),) = drawn.typed((each,))
    marks = mark(text, Answer())
    assert not any(own.right or own.extra for own in marks.values())


@relaxed
@given(found=counts, wanted=counts, optional=counts)
@example(found=[1, 1, 1], wanted=[1], optional=[1])
def test_what_is_optional_counts_neither_found_nor_missed(
    found: list[int], wanted: list[int], optional: list[int]
) -> None:
    marks, plainly = compared(found, wanted, optional), compared(found, wanted)
    assert (marks.right, marks.missed) == (plainly.right, plainly.missed)
    assert marks.right.total() + marks.missed.total() == len(wanted)
    assert plainly.extra.total() - len(optional) <= marks.extra.total() <= plainly.extra.total()
    assert compared([*found, *optional], wanted, optional).extra.total() <= plainly.extra.total()


@relaxed
@given(found=counts, wanted=counts, more=st.integers(0, 3))
def test_one_more_that_is_wanted_raises_f1_and_one_more_that_is_not_lowers_it(
    found: list[int], wanted: list[int], more: int
) -> None:
    before, after = compared(found, wanted), compared([*found, more], wanted)
    if more in before.missed:
        assert after.f1 > before.f1
    else:
        assert after.f1 < before.f1 or before.f1 == after.f1 == 0


def test_f1_and_share_by_hand() -> None:
    marks = compared(["a", "a", "b", "x"], ["a", "b", "b", "c"])
    assert (marks.f1, marks.share) == (Fraction(2 * 2, 4 + 4), Fraction(2, 4))


def test_about_a_third_is_held_out_and_the_same_each_time() -> None:
    ids = [f"essai/{number}" for number in range(900)]
    kept = [held_out(each) for each in ids]
    assert 250 < sum(kept) < 350
    assert [number for number in range(12) if kept[number]] == [0, 3, 6]
