"""What bulletins tell of soldiers and diplomacy: one event a day of each kind, with the figures it adds to its day."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

Figures = Mapping[tuple[str, str | None], int]


@dataclass(frozen=True)
class Kind:
    """An event as items tell it; `text` takes value and day and gives headline and body."""

    stream: str
    measures: tuple[tuple[str, str | None, int], ...]
    text: Callable[[int, str], tuple[str, str]]

    def item(self, value: int, day: str) -> tuple[str, str]:
        """Headline and body."""
        return self.text(value, day)

    def figures(self, value: int) -> Figures:
        """What it adds to its day: each measure and side, in units of the value told."""
        return {(measure, side): value * scale for measure, side, scale in self.measures}


def _exchange(value: int, day: str) -> tuple[str, str]:
    return (
        f"La Russie et l’Ukraine ont échangé {value} prisonniers de guerre chacune",
        f"Le {day}, la Russie et l’Ukraine ont procédé à un échange de prisonniers : {value} soldats de chaque côté ont"
        " regagné leur pays. Les familles les attendaient près de la frontière.",
    )


def _bodies(value: int, day: str) -> tuple[str, str]:
    return (
        f"L’Ukraine a reçu les corps de {value} soldats",
        f"Les corps de {value} soldats ukrainiens tombés au combat ont été rapatriés le {day}, a annoncé le centre de"
        " coordination. Leur identification prendra plusieurs mois.",
    )


def _losses(value: int, day: str) -> tuple[str, str]:
    return (
        f"L’armée russe a perdu {value} soldats en une journée",
        f"L’armée russe a perdu {value} soldats le {day}, a indiqué l’état-major ukrainien dans son rapport du matin.",
    )


def _captured(value: int, day: str) -> tuple[str, str]:
    return (
        f"Les forces ukrainiennes ont capturé {value} soldats russes",
        f"Le {day}, les forces ukrainiennes ont capturé {value} soldats russes, selon le commandement de la brigade.",
    )


VISITORS = (
    ("Emmanuel Macron", "Le président français"),
    ("Keir Starmer", "Le Premier ministre britannique"),
    ("Friedrich Merz", "Le chancelier allemand"),
    ("Donald Tusk", "Le Premier ministre polonais"),
    ("Giorgia Meloni", "La présidente du Conseil italien"),
    ("Pedro Sanchez", "Le Premier ministre espagnol"),
    ("Mette Frederiksen", "La Première ministre danoise"),
    ("Mark Carney", "Le Premier ministre canadien"),
)
DONORS = (
    ("La Norvège", "norvégien"),
    ("La Suède", "suédois"),
    ("Le Danemark", "danois"),
    ("Le Japon", "japonais"),
    ("La Finlande", "finlandais"),
    ("La Belgique", "belge"),
)


def _visit(name: str, title: str) -> Callable[[int, str], tuple[str, str]]:
    feminine = title.startswith("La ")
    gone = "s’est rendue" if feminine else "s’est rendu"
    return lambda _, day: (
        f"{name} {gone} à Kyiv",
        f"{title}, {name}, {gone} à Kyiv le {day} pour y rencontrer Volodymyr Zelensky. Une conférence de presse a clos"
        " la journée.",
    )


def _call(name: str, title: str) -> Callable[[int, str], tuple[str, str]]:
    return lambda _, day: (
        f"{name} a eu un entretien téléphonique avec Volodymyr Zelensky",
        f"{title}, {name}, a eu un entretien téléphonique avec Volodymyr Zelensky le {day}. La conversation a duré une"
        " heure.",
    )


def _aid(donor: str, adjective: str) -> Callable[[int, str], tuple[str, str]]:
    return lambda value, day: (
        f"{donor} a annoncé une aide de {value} millions d’euros pour l’Ukraine",
        f"{donor} a annoncé le {day} une aide de {value} millions d’euros pour l’Ukraine. Le gouvernement {adjective}"
        " la versera avant l’été.",
    )


MILLION = 1_000_000
POLITICS = (
    Kind("military-personnel", (("exchanged", "RU", 1), ("exchanged", "UA", 1)), _exchange),
    Kind("military-personnel", (("bodies-returned", "UA", 1),), _bodies),
    Kind("military-personnel", (("losses", "RU", 1),), _losses),
    Kind("military-personnel", (("captured", "RU", 1),), _captured),
    *(Kind("diplomacy", (), _visit(*each)) for each in VISITORS),
    *(Kind("diplomacy", (), _call(*each)) for each in VISITORS),
    *(Kind("diplomacy", (("amount", None, MILLION),), _aid(*each)) for each in DONORS),
)
