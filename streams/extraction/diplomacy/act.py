"""A diplomatic act as one sentence tells it, with the figures and places that the rules of every kind share."""

from msgspec import Struct
from msgspec.structs import replace

from schemas.enumerations import DiplomacyKind, Measure, Role, Scope, Status
from schemas.records import Place
from streams.languages.fr.diplomacy.scene import Scene, grammar
from streams.languages.fr.people import Mention
from streams.languages.marks import Mark
from streams.languages.pack import Quantity

FEWEST_COUNTRIES = 3
FEWEST_PEOPLE = 5
FARTHEST_CAPITAL = 8
SMALLEST_SUM = 1000
MOST_SUMS = 24
SINCE_REACH = 4
RECORD_REACH = 7
HOST_REACH = 3
MOST_PLACES = 12
PARTITIVE_REACH = 4
SIGNED_REACH = 2
NAME_REACH = 28
MOST_BEFORE = 3
OPENING = 5
LEAST_BARE = 100_000
FIRST_YEAR, LAST_YEAR = 2014, 2099


class FigureTold(Struct):
    """A diplomatic figure: measure, number, and the span of its words within the sentence."""

    measure: Measure
    quantity: Quantity
    start: int
    end: int
    scope: Scope = "event"


class Act(Struct):
    """What one sentence tells of one kind of act; `mark` are the words that tell it.

    `recalled`: told as longer past than the news; `status`: where the words of the rule say it; `after`: the act of its
    kind told before it in the sentence.
    """

    scene: Scene
    kind: DiplomacyKind
    mark: Mark
    rule: str
    actors: tuple[tuple[Mention, Role], ...] = ()
    place: Place | None = None
    figures: tuple[FigureTold, ...] = ()
    withdrawn: bool = False
    recalled: bool = False
    status: Status | None = None
    after: "Act | None" = None


def participants(people: list[Mention]) -> tuple[tuple[Mention, Role], ...]:
    return tuple((person, "participant") for person in people)


def place_behind(scene: Scene, mark: Mark, *, anywhere: bool = False) -> Place | None:
    """The place behind "à", "en" or "dans" next after the mark, or anywhere in the sentence where asked for."""
    offset = scene.tokens[min(mark.last, len(scene.tokens)) - 1].end
    within = scene.tokens[min(mark.first, len(scene.tokens) - 1)].end
    direct = next((day.end for day in scene.sentence.dates if 0 <= day.start - offset <= 2), offset)
    land: Place | None = None
    for mention in sorted(scene.sentence.places, key=lambda each: (each.start < within, abs(each.start - offset))):
        before = (
            scene.sentence.text[max(0, mention.start - NAME_REACH) : mention.start].lower().replace("’", "'").split()
        )
        near = within <= mention.start and mention.start - offset <= 60
        led = bool(before) and before[-1] in grammar("towards") | grammar("place_article")
        led = (
            led
            or 0 <= mention.start - offset <= 2
            or 0 <= mention.start - direct <= 2
            or (before[-1:] == ["de"] and 0 <= mention.start - offset <= 4)
        )
        led = led or before[-2:-1] == ["près"]
        led = led or (before[-1:] in (["de"], ["d'"]) and bool(grammar("spot") & set(before[-3:-1])))
        origin = before[-1:] == ["depuis"] and mark.has("visit.") is not None
        origin = origin or (mention.start < within and _in_a_time_mark(scene, mention.start))
        origin = origin or _of_a_visit(scene, mark, mention.start)
        if led and not origin and (near or anywhere):
            if not anywhere or mention.place.precision != "country":
                return mention.place
            land = land or mention.place
    return land


def _in_a_time_mark(scene: Scene, offset: int) -> bool:
    """Whether a place opens the sentence as part of when it was: "une semaine après sa visite à Kyiv, il a reçu"."""
    if not scene.has_word("time_mark_word", 0, OPENING):
        return False
    comma = next((token.start for token in scene.tokens if token.norm == ","), 0)
    return offset < comma


def _of_a_visit(scene: Scene, mark: Mark, offset: int) -> bool:
    """Whether a place belongs to a journey told behind: "s'est entretenue avec lui et a visité une école à Lviv"."""
    if mark.has("visit.") is not None:
        return False
    touring = tuple(grammar("touring"))
    return any(
        mark.last < visit.first
        and scene.tokens[visit.first].start < offset
        and scene.words[visit.first].startswith(touring)
        for visit in scene.tagged("visit.")
    )


def place_named(scene: Scene, mark: Mark) -> Place | None:
    """The capital behind the mark that the gazetteer passes over: "sur le quai de Kyiv"."""
    for mention in scene.mentions:
        before = scene.norms(mention.first - 2, mention.first)
        led = before[-1:] != [] and (before[-1] in grammar("at") or before[0] in grammar("spot"))
        led = led or (before[-1:] == ["l'"] and before[0] in grammar("at"))
        if mention.kind == "capital" and led and 0 <= mention.first - mark.last <= FARTHEST_CAPITAL:
            return Place(name=mention.name, country=mention.country, precision="settlement")
    return None


def place_ahead(scene: Scene, mark: Mark) -> Place | None:
    """The place that opens a clause before the mark: "À Kyiv, la ministre a visité", "c'est à Lviv qu'il a passé"."""
    start, opening = scene.tokens[mark.first].start, grammar("clause_open") | {"est"}
    for mention in scene.sentence.places[:MOST_PLACES]:
        if mention.start >= start:
            break
        first = next((i for i, token in enumerate(scene.tokens) if token.start >= mention.start), 0)
        if first and scene.words[first - 1] in grammar("at") and (first == 1 or scene.words[first - 2] in opening):
            return mention.place
    return None


def town_behind(scene: Scene, mark: Mark) -> Place | None:
    """The town outside Ukraine and Russia in which something is decided: "ont approuvé lundi à Bruxelles"."""
    place = place_behind(scene, mark, anywhere=True)
    if place is None or place.precision not in ("settlement", "site") or place.country in ("UA", "RU"):
        return None
    return place


def place_hosting(scene: Scene) -> Place | None:
    """The town that a verb of hosting has as its subject: "Genève a accueilli", "que Lyon accueillera"."""
    verbs = tuple(grammar("hosting_verb"))
    for index, word in enumerate(scene.words if scene.sentence.places else ()):
        if word.startswith(verbs):
            low, high = scene.tokens[max(0, index - HOST_REACH)].start, scene.tokens[index].start
            for mention in scene.sentence.places[:MOST_PLACES]:
                if low <= mention.start < high and mention.place.precision == "settlement":
                    return mention.place
    return None


def city(scene: Scene, mention: Mention) -> Place | None:
    """The town of a capital that stands for its government: "Oslo débloque"; None for a palace."""
    if mention.kind != "capital":
        return None
    found = scene.sentence.document.pack.find_places(f"à {mention.name}")
    known = next((each.place for each in found if each.place.country == mention.country), None)
    return None if known is None or known.precision != "settlement" else known


def place_described(scene: Scene, mark: Mark) -> Place | None:
    """The land that "dans la capitale ukrainienne" or "sur le sol polonais" names without its name."""
    for mention in scene.mentions:
        before = scene.norms(mention.first - 1, mention.first)
        if mention.kind == "adjective" and mention.first >= mark.last and before and before[-1] in grammar("land"):
            name = scene.sentence.text[scene.tokens[mention.first - 1].start : mention.end]
            return Place(name=name, country=mention.country, precision="country")
    return None


def countries_in(scene: Scene) -> tuple[FigureTold, ...]:
    found = []
    nouns = {mark.first: mark for mark in scene.tagged("countries.noun")}
    for quantity in scene.sentence.quantities:
        if quantity.article or quantity.ordinal or quantity.value < FEWEST_COUNTRIES or quantity.unit is not None:
            continue
        index = next((i for i, token in enumerate(scene.tokens) if token.start >= quantity.end), len(scene.tokens))
        mark = nouns.get(index) or (
            nouns.get(index + 1) if scene.has_word("before_country", index, index + 1) else None
        )
        few = quantity.value < FEWEST_PEOPLE and mark is not None and scene.has_word("people", mark.first, mark.last)
        if mark is not None and not few:
            found.append(FigureTold("countries", quantity, quantity.start, scene.tokens[mark.last - 1].end))
    return tuple(found)


def signed_in(scene: Scene) -> tuple[FigureTold, ...]:
    """Those of many who signed: "vingt-sept d'entre eux ont signé la déclaration"."""
    if not scene.tagged("countries.sign"):
        return ()
    for quantity in scene.sentence.quantities:
        if quantity.ordinal or quantity.article or quantity.unit is not None or quantity.value < 2:
            continue
        index = next((i for i, token in enumerate(scene.tokens) if token.start >= quantity.end), len(scene.tokens))
        if scene.norms(index, index + PARTITIVE_REACH - 1) in (["d'", "entre", "eux"], ["d'", "entre", "elles"]):
            return (FigureTold("signatories", quantity, quantity.start, scene.tokens[index + 2].end),)
        alone = scene.has_word("having_signed", index, index + 1)
        if alone and any(0 < each.first - index <= SIGNED_REACH for each in scene.tagged("countries.sign")):
            return (FigureTold("signatories", quantity, quantity.start, quantity.end),)
        if scene.has_word("signatory", index, index + 1):
            return (FigureTold("signatories", quantity, quantity.start, scene.tokens[index].end),)
    return ()


def amounts_in(scene: Scene) -> tuple[FigureTold, ...]:
    """The sums of money of a sentence, each `cumulative` where it is what has been given so far."""
    sums = [each for each in scene.sentence.quantities if each.unit is not None and each.unit != "percent"]
    sums = [each for each in sums if each.value >= SMALLEST_SUM][:MOST_SUMS]
    sums += _bare_sums(scene, sums)
    if not sums:
        return ()
    summed = _summed_up(scene)
    return tuple(FigureTold("amount", each, each.start, each.end, _scope(scene, each, sums, summed)) for each in sums)


def _bare_sums(scene: Scene, sums: list[Quantity]) -> list[Quantity]:
    """Millions without their currency behind a sum that has one: "400 millions de dollars, puis 10,1 milliards"."""
    found = []
    begin = sums[0].start if sums else 0
    for each in scene.sentence.quantities:
        if each.unit is not None or each.value < LEAST_BARE or each.start < begin:
            continue
        words = scene.sentence.text[each.number_start : each.number_end].lower()
        if not ("milliard" in words or "million" in words):
            continue
        following = scene.sentence.text[each.end : each.end + 4].lstrip().lower()
        if not following.startswith(("de ", "d'", "d’")):
            found.append(each)
    unit = (sums[0].unit if sums else _currency_before(scene)) if found else None
    return [replace(each, unit=unit) for each in found[:MOST_SUMS]] if unit is not None else []


def _currency_before(scene: Scene) -> str | None:
    """The currency of the last sum just before, which a sentence may leave out: "Elle versera 700 millions"."""
    before = scene.before
    for _ in range(MOST_BEFORE):
        if before is None:
            return None
        for each in reversed(before.sentence.quantities):
            if each.unit is not None and each.unit != "percent":
                return each.unit
        before = before.before
    return None


def _summed_up(scene: Scene) -> list[int]:
    """Where in the sentence a sum is told as one since the beginning: "depuis 2022", "au total", "cumulées"."""
    found = []
    for index, norm in enumerate(scene.words):
        if norm == "depuis":
            before = scene.norms(index - RECORD_REACH, index)
            record = not grammar("record").isdisjoint(before) or any(word.endswith("ième") for word in before)
            following = scene.norms(index + 1, index + 1 + SINCE_REACH)
            if not record and any(word in grammar("since_when") or _is_year(word) for word in following):
                found.append(scene.tokens[index].start)
        elif norm.startswith(tuple(grammar("summing"))) or _carried(scene, index):
            found.append(scene.tokens[index].start)
    return found[:MOST_SUMS]


def _carried(scene: Scene, index: int) -> bool:
    """Whether a sum is carried forward from here: "porte à 9,8 milliards", "le total reçu"."""
    norm = scene.words[index]
    if norm == "en" and index <= 1 and scene.has_word("long_time", index + 2, index + 3):
        return True
    if norm == "total":
        return scene.norms(index - 1, index) == ["le"]
    return norm in grammar("carrying") and "à" in scene.norms(index + 1, index + 3)


def _is_year(word: str) -> bool:
    return word.isdigit() and FIRST_YEAR <= int(word) <= LAST_YEAR


def _scope(scene: Scene, each: Quantity, sums: list[Quantity], summed: list[int]) -> Scope:
    """`cumulative` for the sum nearest to such a word, with no other clause between; else `event`."""
    for at in summed:
        nearest = min(sums, key=lambda one: min(abs(one.start - at), abs(one.end - at)))
        low, high = min(each.end, at), max(each.start, at)
        if nearest is each and not {";", "."} & set(scene.sentence.text[low:high]):
            return "cumulative"
    return "event"
