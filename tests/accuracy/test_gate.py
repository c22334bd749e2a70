"""The accuracy gate: on no set does a measure fall below its floor. `make floors` raises them."""

from collections import Counter
from collections.abc import Callable

import pytest

from tests.accuracy.annotated import DEVELOPMENT, DEVELOPMENT_FILE, OWN, read_set, sets
from tests.accuracy.floor_file import FLOORS, read_floors, rows, table
from tests.accuracy.floors import now, parts

NAMES = [DEVELOPMENT, *sorted(path.stem for path in OWN.glob("*.ndjson"))]
HELD = read_floors(FLOORS.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", NAMES)
def test_no_measure_is_below_its_floor(name: str, tell: Callable[[str], None]) -> None:
    path = sets().get(name)
    if path is None:
        pytest.skip(f"../shared/evaluation/{DEVELOPMENT_FILE.name} is not beside the checkout")
    standing = rows(HELD.get(name, {}), now(path))
    told = table(name, standing, parts(name, path))
    found = {row.standing for row in standing}
    assert "new" not in found, f"measures without a floor: run `make floors`\n{told}"
    assert "BELOW" not in found, f"below the floor: mend the rules, or see `make floors`\n{told}"
    if higher := [row for row in standing if row.standing == "can be raised"]:
        tell("`make floors` can raise:\n" + table(name, higher))


def test_every_floor_has_its_set() -> None:
    gone = sorted(HELD.keys() - set(NAMES))
    assert not gone, f"no such set: take the floors of {gone} out of {FLOORS.name}"


@pytest.mark.parametrize("name", NAMES[1:])
def test_an_annotation_quotes_its_text_and_every_text_has_its_own_id(name: str) -> None:
    texts = [text for text, _ in read_set(sets()[name])]
    ids = Counter(text.bulletin.bulletin_id for text in texts)
    assert max(ids.values()) == 1
    assert not [
        (text.bulletin.bulletin_id, figure.quote)
        for text in texts
        for event in text.gold.events
        for figure in event.figures
        if figure.quote not in text.bulletin.text and figure.quote not in text.bulletin.title
    ]
