"""The contract's closed lists, as types; `typing.get_args` gives the members."""

from typing import Literal

Stream = Literal["strike", "military-personnel", "diplomacy"]
ItemStream = Literal["strike", "military-personnel", "diplomacy", "other"]
Section = Literal["title", "lead", "headline", "body"]
Status = Literal["occurred", "ongoing", "announced", "postponed", "cancelled", "withdrawn"]
DatePrecision = Literal["day", "night", "week", "month-part", "month", "unknown"]
PlacePrecision = Literal["site", "settlement", "region", "country"]
Role = Literal["attacker", "target", "commander", "envoy", "host", "participant", "official"]
Qualifier = Literal["exact", "about", "at-least", "at-most", "range", "vague"]
Scope = Literal["event", "total", "cumulative"]

StrikeKind = Literal["missile", "drone", "glide-bomb", "artillery", "combined", "explosion", "unspecified"]
PersonnelKind = Literal[
    "transfer",
    "mobilisation",
    "recruitment",
    "deployment",
    "losses",
    "prisoner-exchange",
    "repatriation",
    "captivity",
    "training",
    "desertion",
    "appointment",
    "strength",
]
DiplomacyKind = Literal[
    "visit", "talks", "call", "summit", "statement", "agreement", "aid", "sanctions", "vote", "appointment"
]
Kind = StrikeKind | PersonnelKind | DiplomacyKind

Weapon = Literal[
    "ballistic-missile",
    "cruise-missile",
    "missile",
    "drone",
    "glide-bomb",
    "bomb",
    "artillery",
    "rocket",
    "mine",
    "explosive",
]

Measure = Literal[
    "killed",
    "injured",
    "hospitalised",
    "missing",
    "rescued",
    "evacuated",
    "detained",
    "launched",
    "shot-down",
    "lost",
    "hit",
    "damaged",
    "destroyed",
    "without-power",
    "transferred",
    "mobilised",
    "recruited",
    "deployed",
    "trained",
    "losses",
    "captured",
    "exchanged",
    "returned",
    "bodies-returned",
    "deserted",
    "strength",
    "share",
    "amount",
    "countries",
    "signatories",
    "votes",
    "attacks",
]
