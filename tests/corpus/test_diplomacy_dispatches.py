"""Dispatches of the project's own, title and text: which diplomatic events they tell, with which figures."""

from datetime import date

import pytest

from schemas.records import Bulletin
from streams.extraction.claims import Trace
from streams.extraction.diplomacy import extracting as diplomacy
from streams.reading.document import build
from streams.reconciling.figures import best_figures

PUBLISHED = date(2025, 5, 15)
DISPATCHES = [
    (
        "À Riga, les Baltes promettent des obus",
        "RIGA, 14 mai – Les trois ministres baltes de la Défense, réunis mercredi à Riga, se sont "
        "engagés à fournir à l'Ukraine 200 000 obus d'ici à l'automne. « Nous vidons nos dépôts », a "
        "reconnu l'Estonien Hanno Pevkur.\nLa facture, estimée à 340 millions d'euros, sera partagée à "
        "parts égales.",
        "aid",
        "amount EUR=340000000",
    ),
    (
        "La Slovénie donne des camions",
        "La Slovénie a remis mardi à l'Ukraine quinze camions de pompiers, a indiqué le ministère de "
        "l'Intérieur à Ljubljana. Le convoi a franchi la frontière polonaise dans la soirée.",
        "aid",
        "",
    ),
    (
        "Pékin reçoit l'émissaire ukrainien",
        "L'envoyé spécial de Volodymyr Zelensky, Andriï Iermak, a été reçu mercredi à Pékin par le chef "
        "de la diplomatie chinoise, Wang Yi. L'entretien a porté sur les prisonniers et l'exportation de "
        "céréales.",
        "talks",
        "",
    ),
    (
        "Le Vatican se dit prêt",
        "Le secrétaire d'État du Saint-Siège, Pietro Parolin, a réaffirmé mardi que le Vatican était "
        "disposé à accueillir des négociations de paix entre Kiev et Moscou.",
        "statement",
        "",
    ),
    (
        "Prêt japonais",
        "Tokyo et Kiev ont signé lundi un accord de prêt portant sur 471,9 milliards de yens, gagé sur "
        "les revenus des avoirs russes.",
        "agreement,aid",
        "amount JPY=471900000000",
    ),
    (
        "Zelensky en Afrique du Sud",
        "Le président ukrainien Volodymyr Zelensky a entamé mercredi à Pretoria sa première visite "
        "officielle en Afrique du Sud. Il a été accueilli par Cyril Ramaphosa, avec lequel il a parlé "
        "pendant deux heures du retour des enfants.",
        "talks,visit",
        "",
    ),
    (
        "Nouveau paquet suédois",
        "La Suède a annoncé jeudi une nouvelle aide militaire à l'Ukraine de 9,5 milliards de couronnes, "
        "la vingtième depuis l'invasion. Elle comprend des munitions et des radars. En trois ans, "
        "Stockholm a consacré 80 milliards à l'armée ukrainienne.",
        "aid",
        "amount SEK=80000000000 cumulative; amount SEK=9500000000",
    ),
    (
        "Réunis à Londres, les ministres de la Défense de la coalition",
        "LONDRES, 14 mai - Les ministres de la Défense de trente et un pays se sont retrouvés mercredi à "
        "Londres pour parler de l'Ukraine. « Nous sommes prêts », a assuré John Healey à l'issue de la "
        "réunion.",
        "summit",
        "countries=31",
    ),
    (
        "Fico à Moscou",
        "Malgré les mises en garde de l'UE, le Premier ministre slovaque Robert Fico s'est rendu "
        "vendredi à Moscou pour le défilé du 9 mai. Il s'est entretenu une heure avec Vladimir Poutine "
        "de la guerre en Ukraine et du gaz.",
        "talks,visit",
        "",
    ),
    (
        "Washington et Kyiv d'accord sur les minerais",
        "Les États-Unis et l'Ukraine ont signé mercredi soir à Washington un accord sur l'exploitation "
        "des minerais, après deux mois de négociations. Il crée un fonds d'investissement commun.",
        "agreement",
        "",
    ),
    (
        "Des députés français à Kharkiv",
        "Une délégation de huit députés français a visité lundi Kharkiv, à trente kilomètres du front. "
        "Les élus ont promis de plaider pour « davantage d'antiaérien ».",
        "visit",
        "",
    ),
    (
        "L'AIEA à Zaporijjia",
        "Le directeur général de l'AIEA, Rafael Grossi, est arrivé mardi à la centrale nucléaire de "
        "Zaporijjia, occupée par les Russes. Il s'agit de sa sixième visite.",
        "visit",
        "",
    ),
    (
        "Un nouvel émissaire allemand",
        "Berlin a confié à l'ancien ambassadeur Christian Lange la fonction d'envoyé spécial pour la "
        "reconstruction de l'Ukraine.",
        "appointment",
        "",
    ),
    (
        "La bataille des archives",
        "L'historienne Olena Stiajkina a passé deux ans dans les archives de Varsovie. Elle y a retrouvé "
        "les accords signés en 1920 entre Petlioura et Pilsudski, et les lettres que les délégations "
        "échangeaient. « Un traité n'est jamais qu'une trêve qui se prend au sérieux », écrit-elle.",
        "",
        "",
    ),
    (
        "À Kyiv, le théâtre joue la paix",
        "La troupe du Théâtre de la rive gauche présente vendredi « Le Sommet », une comédie où quatre "
        "présidents négocient un cessez-le-feu dans un ascenseur en panne. Le ministre de la Culture a "
        "assisté à la première.",
        "",
        "",
    ),
    (
        "Les céréaliers s'inquiètent",
        "L'accord commercial avec l'Union européenne n'a pas calmé les producteurs ukrainiens. Les "
        "exportations ont reculé de 12 % en avril, pour 1,8 milliard de dollars. Le syndicat réclame une "
        "aide de l'État.",
        "",
        "",
    ),
    (
        "Entretien avec l'ancien ministre",
        "« J'ai rencontré Poutine une douzaine de fois, il n'a jamais cédé sur rien », raconte l'ancien "
        "chef de la diplomatie dans un entretien à Ouest-France. À ses yeux, l'Europe doit livrer "
        "davantage de missiles et sanctionner les banques.",
        "",
        "",
    ),
    (
        "Le front en mai",
        "L'armée russe progresse au sud de Pokrovsk, où elle a pris deux hameaux. Les Ukrainiens "
        "tiennent toujours la route de Kostiantynivka. Les négociations, elles, piétinent.",
        "",
        "",
    ),
    (
        "Tribune : parler aux Russes ?",
        "Il faudra un jour s'asseoir à la table des négociations. Qui signera ? Qui garantira ? "
        "L'Europe, qui a voté tant de sanctions et versé tant de milliards, n'a pas de réponse. La "
        "mienne tient en un mot : tenir.",
        "",
        "",
    ),
    (
        "Eurovision : l'Ukraine en finale",
        "Le groupe Ziferblat s'est qualifié mardi à Bâle. Les téléspectateurs de trente-sept pays "
        "voteront samedi. La délégation ukrainienne a salué « un beau geste ».",
        "",
        "",
    ),
    (
        "Odessa rouvre son opéra",
        "L'opéra d'Odessa a accueilli samedi le chef italien Fabio Mastrangelo pour un concert au profit "
        "des hôpitaux. La recette, 40 000 euros, ira à un centre de rééducation.",
        "",
        "",
    ),
    (
        "Gaz : prix en hausse",
        "Naftogaz a augmenté de 9 % le prix du gaz pour les industriels. L'entreprise a conclu un "
        "contrat avec le polonais Orlen pour 100 millions de mètres cubes.",
        "",
        "",
    ),
    (
        "Un village d'accueil en Bretagne",
        "La commune de Plouguerneau a reçu en 2022 quatorze familles ukrainiennes. Trois ans plus tard, "
        "le maire a remis à chacune une clé de la bibliothèque. « C'est notre accord de paix », "
        "plaisante-t-il.",
        "",
        "",
    ),
    (
        "Tennis : Svitolina en demi-finale",
        "Elina Svitolina a rencontré mercredi à Rome l'Américaine Danielle Collins et l'a battue en deux "
        "sets. L'Ukrainienne refuse toujours de serrer la main des Russes.",
        "",
        "",
    ),
    (
        "Le ministre veut des abris dans les écoles",
        "Le ministre ukrainien de l'Éducation a annoncé jeudi la construction de 150 écoles souterraines "
        "d'ici à la rentrée, pour 6 milliards de hryvnias.",
        "",
        "",
    ),
    (
        "Le prix Sakharov à des journalistes",
        "Le Parlement européen a attribué mercredi son prix à deux journalistes emprisonnés en "
        "Biélorussie et en Géorgie. L'an dernier, l'Ukraine était à l'honneur.",
        "",
        "",
    ),
    (
        "Un jury ukrainien",
        "Le jury du festival de Lviv, réuni mardi, a décerné son prix à l'unanimité à un film letton sur les pêcheurs.",
        "",
        "",
    ),
    (
        "Le Monténégro se joint",
        "Podgorica a rejoint mardi les sanctions européennes contre la Russie.",
        "sanctions",
        "",
    ),
    (
        "La Hongrie seule",
        "Réuni jeudi à Bruxelles, le Conseil européen a reconduit à vingt-six les sanctions contre "
        "Moscou, sans la Hongrie.",
        "sanctions",
        "",
    ),
    (
        "Sans la Russie",
        "Quatre-vingt-douze pays ont participé au sommet pour la paix en Ukraine, en Suisse ; "
        "quatre-vingts ont signé la déclaration finale.",
        "agreement,summit",
        "countries=92; signatories=80",
    ),
    (
        "Une présidente à Boutcha",
        "La présidente de la Confédération suisse, Viola Amherd, s'est recueillie lundi à Boutcha.",
        "visit",
        "",
    ),
]


@pytest.mark.parametrize(("title", "text", "kinds", "figures"), DISPATCHES)
def test_dispatch_tells_its_events(title: str, text: str, kinds: str, figures: str) -> None:
    bulletin = Bulletin(
        bulletin_id="d", source="d", received_at="", sha256="", title=title, text=text, published_on=PUBLISHED
    )
    reports = [claim.report for claim in diplomacy.extract(build(bulletin), Trace())]
    assert ",".join(sorted({report.kind for report in reports})) == kinds
    told = [
        f"{figure.measure}{f' {figure.unit}' if figure.unit else ''}={figure.value}"
        f"{'' if figure.qualifier == 'exact' else f'~{figure.qualifier}'}"
        f"{'' if figure.scope == 'event' else f' {figure.scope}'}"
        for report in reports
        for figure in best_figures(("", statement) for statement in report.statements)
    ]
    assert "; ".join(sorted(told)) == figures
