"""`python -m tests.accuracy.floors`: where reading stands, and floors raised to it."""

from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from pathlib import Path

import click

from tests.accuracy.annotated import DEVELOPMENT, DEVELOPMENT_FILE, held_out, read_set, sets
from tests.accuracy.floor_file import FLOORS, Floor, Row, moved, read_floors, rows, table, written
from tests.accuracy.scoring import MEASURES, score

Values = dict[str, Fraction]


@cache
def now(path: Path) -> Values:
    """Every measure of a set as today's reader reaches it."""
    return score(read_set(path))


def parts(name: str, path: Path) -> dict[str, Values]:
    """Of the development set the two thirds that rules are written on and the third that is held out, apart."""
    if name != DEVELOPMENT:
        return {}
    read = read_set(path)
    return {
        "two thirds": score(each for each in read if not held_out(each[0].bulletin.bulletin_id)),
        "held-out third": score(each for each in read if held_out(each[0].bulletin.bulletin_id)),
    }


def standing_of(floors: dict[str, dict[str, Floor]], paths: dict[str, Path]) -> dict[str, list[Row]]:
    """Every set at hand with its measures beside their floors; a set without floors has none yet."""
    return {name: rows(floors.get(name, {}), now(path)) for name, path in paths.items()}


def below(standing: dict[str, list[Row]]) -> list[str]:
    """What lies below its floor, as SET.MEASURE."""
    return [f"{name}.{row.measure}" for name, own in standing.items() for row in own if row.standing == "BELOW"]


def named(measures: Sequence[str], fallen: Sequence[str]) -> set[str]:
    """Those of `fallen` (SET.MEASURE) that `measures` mean; raises UsageError for one that means none of them."""
    meant: set[str] = set()
    for measure in measures:
        own = {each for each in fallen if measure in (each, each.rpartition(".")[2])}
        if not own:
            raise click.UsageError(f"--lower {measure}: not below its floor; below are: {', '.join(fallen) or 'none'}")
        meant |= own
    return meant


@click.command()
@click.option("--lower", multiple=True, metavar="[SET.]MEASURE", help="A floor that may fall to what is reached now.")
@click.option("--because", help="Why it may fall; stands beside the floor until it is reached again.")
def main(lower: tuple[str, ...], because: str | None) -> None:
    """Measure reading on every annotated set at hand and raise the floors to what is reached.

    Floors are rounded down to three decimals; a set without floors gets them. Nothing is written while a measure is
    below a floor that --lower does not name.

    \b
    Example:  python -m tests.accuracy.floors
              python -m tests.accuracy.floors --lower mended.toll --because "twelve texts were added"
    Measures: toll figures figures_strict figures_bound bounds stream_macro_f1 strike_places strike_days kinds items,
              and as ceilings items_extra spurious_on_other quotes_wrong quotes_missing
    Exit codes: 0 done; 1 a measure is below its floor; 2 usage.
    """
    reason = " ".join((because or "").split())
    if bool(lower) != bool(reason):
        raise click.UsageError('--lower and --because go together: --lower toll --because "why"')
    if not reason.isprintable():
        raise click.UsageError("--because holds characters that cannot be printed; write it as plain words")
    floors = read_floors(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    paths = sets()
    standing = standing_of(floors, paths)
    for name, own in standing.items():
        click.echo(table(name, own, parts(name, paths[name])) + "\n")
    if DEVELOPMENT not in paths:
        click.echo(f"{DEVELOPMENT}: not beside the checkout ({DEVELOPMENT_FILE.name}); its floors stay as they are")
    fallen = below(standing)
    lowered = named(lower, fallen)
    if refused := [each for each in fallen if each not in lowered]:
        raise click.ClickException(
            f"below the floor: {', '.join(refused)}; nothing was written. Mend the rules, or say --lower and --because"
        )
    raised = {
        name: moved(own, {m for m in MEASURES if f"{name}.{m}" in lowered}, reason) for name, own in standing.items()
    }
    before, after = floors, floors | raised
    if before != after:
        FLOORS.write_text(written(after), encoding="utf-8")
    click.echo(f"{FLOORS.name}: " + ("written anew" if before != after else "nothing to raise"))


if __name__ == "__main__":
    main()
