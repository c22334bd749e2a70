"""`python -m tests.accuracy.errors SET`: what is still read wrongly, text by text, in its words."""

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator

import click

from streams.printing import harmless
from tests.accuracy.annotated import DEVELOPMENT, AnnotatedText, Answer, ToldEvent, held_out, read_set, sets
from tests.accuracy.scoring import COUNTS, F1, KEYS, SHARES, STREAMS, Marks, mark

AROUND = 60
UNREAD = "unread"
SHOWN = (*F1, *SHARES, *STREAMS, *COUNTS)


def in_context(text: AnnotatedText, quote: str) -> str:
    """A quote between double brackets with the words around it, on one line; alone where the text lacks it."""
    for source in (text.bulletin.text, text.bulletin.title):
        start = source.find(quote)
        if quote and start >= 0:
            end = start + len(quote)
            quote = f"{source[max(0, start - AROUND) : start]}⟦{quote}⟧{source[end : end + AROUND]}"
            break
    return harmless(re.sub(r"\s+", " ", quote).strip())


def spelt(element: Hashable) -> str:
    """What was missed or extra in words, without what is not told of it."""
    if isinstance(element, frozenset):
        return " = ".join(sorted(map(str, element)))
    if isinstance(element, tuple):
        return " ".join(str(part) for part in element if part is not None)
    return harmless(str(element))


def by_first_word(counted: Counter[Hashable]) -> str:
    """How many errors there are of each measure, stream or name, the most frequent first."""
    first = Counter[str]()
    for element, times in counted.items():
        first[str(element[0]) if isinstance(element, tuple) else spelt(element)] += times
    return ", ".join(f"{word} {times}" for word, times in first.most_common())


def quotes(measure: str, element: Hashable, events: Iterable[ToldEvent]) -> list[str]:
    """The words of the figures that `element` stands for; none for a measure that is not of figures."""
    key = KEYS.get(measure)
    figures = [figure for event in events for figure in event.figures] if key is not None else []
    return sorted({figure.quote for figure in figures if key is not None and key(figure) == element})


def wrong(text: AnnotatedText, answer: Answer, measure: str, marks: Marks) -> Iterator[str]:
    """A line for each thing missed or extra, with a line of context for each place that tells it."""
    for word, counted, events in (("missed", marks.missed, text.gold.events), ("extra", marks.extra, answer.events)):
        for element, times in counted.items():
            yield f"  {word:7}{spelt(element)}" + (f" ({times} times)" if times > 1 else "")
            yield from (f"         {in_context(text, quote)}" for quote in quotes(measure, element, events))


@click.command()
@click.argument("name", metavar="SET")
@click.option("--measure", type=click.Choice(SHOWN), default="figures", show_default=True, help="Whose errors to show.")
@click.option("--spoil", is_flag=True, help="Show what must stay unread while rules are written.")
def main(name: str, measure: str, spoil: bool) -> None:
    """Show what the reader misses and adds on the texts of SET (a file of tests/corpus/annotated, or development).

    The errors of an unread set and of the held-out third of the development set are not shown without --spoil:
    once they have been read, the set measures nothing new. A text's tags are counted at the end.

    \b
    Example:  python -m tests.accuracy.errors mended --measure figures_strict
    Exit codes: 0 done; 1 the set is not to be read; 2 usage, or no such set.
    """
    paths = sets()
    if name not in paths:
        raise click.UsageError(f"no set {name!r} at hand; there are: {', '.join(paths)}")
    if name.startswith(UNREAD) and not spoil:
        raise click.ClickException(f"{name} stays unread while rules are written; read mended, or spoil it (--spoil)")
    kept_back = 0
    of_tag, wrong_of_tag = Counter[str](), Counter[str]()
    everything = Marks()
    for text, answer in read_set(paths[name]):
        bulletin_id = text.bulletin.bulletin_id
        if name == DEVELOPMENT and held_out(bulletin_id) and not spoil:
            kept_back += 1
            continue
        marks = mark(text, answer)[measure]
        everything += marks
        lines = list(wrong(text, answer, measure, marks))
        of_tag.update(text.tags)
        if lines:
            wrong_of_tag.update(text.tags)
            tags = f"  [{', '.join(text.tags)}]" if text.tags else ""
            click.echo("\n".join([f"{bulletin_id}{tags}  {harmless(text.bulletin.title)}", *lines]))
    for word, counted in (("missed", everything.missed), ("extra", everything.extra)):
        click.echo(f"{word} {counted.total()}" + (f": {by_first_word(counted)}" if counted else ""))
    for tag, texts in sorted(of_tag.items()):
        click.echo(f"{tag}: wrong in {wrong_of_tag[tag]} of {texts} texts")
    if kept_back:
        click.echo(f"{kept_back} texts of the held-out third are kept back (--spoil shows them)")


if __name__ == "__main__":
    main()
