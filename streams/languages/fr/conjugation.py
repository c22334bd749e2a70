"""Every form in which news tell a verb, from its infinitive: one word of a lexicon stands for all of them.

`conjugated_vocabulary(name)` is a lexicon file with the forms of its verbs: those of `[conjugated]` under the tags
`finite`, `participle` and `infinitive` of their kind, those of `[every_form]` all under one tag. A phrase keeps its
further words ("faire escale"), a reflexive verb its pronoun ("se rendre").
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from streams.languages.lexicon import Vocabulary, fold, lexicon
from streams.languages.tagging import word_lists

LANGUAGE = "fr"
lists = word_lists(LANGUAGE, "conjugation")
VOWELS = frozenset("aeiouyh")
MUTED = ("eler", "eter", "ener", "ever", "eser", "ecer", "eger", "emer", "erer")
DOUBLING = ("appeler", "jeter")
CLOSED = ("é",)
BEING = ("s' est", "se sont", "se serait", "se seraient", "s' étant")


@dataclass(frozen=True, slots=True)
class Forms:
    """The third-person forms of a verb, its participles, and its infinitive, each with the words that belong to it."""

    finite: tuple[str, ...]
    participle: tuple[str, ...]
    infinitive: str


@lru_cache(maxsize=4096)
def forms_of(verb: str) -> Forms:
    """The forms of an infinitive, perhaps with a pronoun and further words.

    >>> forms_of("se rendre").finite[:3]
    ('se rend', 'se rendent', 'se rendra')
    >>> forms_of("libérer").finite[:3], forms_of("libérer").participle
    (('libère', 'libèrent', 'libérera'), ('libéré', 'libérée', 'libérés', 'libérées'))
    """
    words = verb.split()
    reflexive = words[0] in ("se", "s'")
    infinitive, rest = (words[1], words[2:]) if reflexive else (words[0], words[1:])
    finite, participle = _simple_forms(infinitive)
    if infinitive in lists("invariable"):
        participle = participle[:1]
    if not reflexive and not rest:
        other = lists("homographs")
        finite = tuple(form for form in finite if form not in other)
        return Forms(finite, tuple(form for form in participle if form not in other), infinitive)
    tail = "".join(f" {word}" for word in rest)
    if not reflexive:
        return Forms(_followed(finite, tail), _followed(participle, tail), f"{infinitive}{tail}")
    told = [f"{_pronoun(form)}{form}{tail}" for form in finite]
    told += [f"{being} {form}{tail}" for form in participle for being in BEING]
    return Forms(tuple(told), _followed(participle, tail), f"{_pronoun(infinitive)}{infinitive}{tail}")


def _followed(forms: Sequence[str], tail: str) -> tuple[str, ...]:
    return tuple(f"{form}{tail}" for form in forms)


def _pronoun(form: str) -> str:
    return "s' " if fold(form)[0] in VOWELS else "se "


def _simple_forms(infinitive: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    endings: Mapping[str, Sequence[str]] = lexicon(LANGUAGE, "conjugation")["endings"]
    ending = infinitive
    while ending and ending not in endings:
        ending = ending[1:]
    if not ending:
        return _first_group(infinitive)
    stem = infinitive[: -len(ending)]
    single, plural, future, imperfect, past, pasts, participle = (f"{stem}{part}" for part in endings[ending])
    finite = (single, plural, *_future(future), *_imperfect(imperfect), past, pasts)
    return finite, _agreeing(participle)


def _first_group(infinitive: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Verbs in -er, with the changes of "céder", "lever", "appeler", "engager", "annoncer" and "déployer"."""
    stem = infinitive[:-2]
    soft = {"g": f"{stem}e", "c": f"{stem[:-1]}ç"}.get(stem[-1:], stem)
    mute, future = stem, f"{stem}er"
    if infinitive.endswith(DOUBLING):
        mute = f"{stem}{stem[-1]}"
        future = f"{mute}er"
    elif infinitive.endswith(MUTED):
        mute = f"{stem[:-2]}è{stem[-1]}"
        future = f"{mute}er"
    elif stem[-2:-1] in CLOSED:
        mute = f"{stem[:-2]}è{stem[-1]}"
    elif infinitive.endswith(("oyer", "uyer")):
        mute = f"{stem[:-1]}i"
        future = "enverr" if infinitive == "envoyer" else f"{mute}er"
    finite = (f"{mute}e", f"{mute}ent", *_future(future), *_imperfect(soft), f"{soft}a", f"{stem}èrent")
    return finite, _agreeing(f"{stem}é")


def _future(stem: str) -> tuple[str, ...]:
    return f"{stem}a", f"{stem}ont", f"{stem}ait", f"{stem}aient"


def _imperfect(stem: str) -> tuple[str, ...]:
    return f"{stem}ait", f"{stem}aient", f"{stem}ant"


def _agreeing(participle: str) -> tuple[str, ...]:
    plural = participle if participle.endswith("s") else f"{participle}s"
    return participle, f"{participle}e", plural, f"{participle}es"


def _expanded(table: Mapping[str, Any]) -> dict[str, list[str]]:
    """The forms of every verb of a lexicon's two lists of verbs, by tag."""
    found: dict[str, list[str]] = {}
    for tag, verbs in table.get("conjugated", {}).items():
        for verb in verbs:
            forms = forms_of(verb)
            found.setdefault(f"{tag}.finite", []).extend(forms.finite)
            found.setdefault(f"{tag}.participle", []).extend(forms.participle)
            found.setdefault(f"{tag}.infinitive", []).append(forms.infinitive)
    for tag, verbs in table.get("every_form", {}).items():
        for verb in verbs:
            forms = forms_of(verb)
            same = found.setdefault(tag, [])
            same.extend(forms.finite)
            if not verb.startswith(("se ", "s' ")):
                same.extend(forms.participle)
            same.append(forms.infinitive)
    return found


_known: dict[str, tuple[object, Vocabulary]] = {}


def conjugated_vocabulary(name: str) -> Vocabulary:
    """The words of a lexicon file with every form of its verbs, compiled once for as long as the file stands."""
    table = lexicon(LANGUAGE, name)
    known = _known.get(name)
    if known is None or known[0] is not table:
        plain = {key: value for key, value in table.items() if key not in ("conjugated", "every_form")}
        known = _known[name] = (table, Vocabulary([plain, _expanded(table)]))
    return known[1]
