"""Hosts of another trade: what their names say that they are about."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from pharmcheck.model import Target
from pharmcheck.reading.on_use import compile_on_use
from pharmcheck.reading.pill_words import names_medicine

# Trades that never write of medicines. Left out: news, radio, health, beauty, sport and science, which do.
_TRADES = (
    r"jewel|immobili|realestate|realtor|realty|makler|estateagent|plumb|roofing|carpent|builder|construct(?:ion|or)|masonry|architect|"
    r"furniture|moebel|möbel|muebles|meubles|flooring|carpet|curtain|kitchens?(?:design|studio)?|bathroom|windows?anddoors|fenster|"
    r"lawfirm|solicitor|attorney|rechtsanw|abogad|avocats?|notaire|steuerberat|accountan|bookkeep|insurancebroker|mortgage|"
    r"motors?(?:port|cycle|s$)|autohaus|carrental|carparts|tyres|garage|taxi|limousine|trucking|logistic|freight|"
    r"hotel|hostel|bedandbreakfast|restaurant|pizzeria|pizza|cafe|catering|bakery|baecker|brewery|winery|vineyard|"
    r"wedding|bridal|photograph|fotograf|filmfestival|theatre|theater|orchest|jazz|choir|gallery|museum|books?(?:hop|store)|editions|verlag|"
    r"church|parish|kirche|parroquia|diocese|temple|kindergarten|primaryschool|highschool|grundschule|"
    r"footballclub|fussball|rugby|cricketclub|golfclub|tennisclub|sailing|yacht|fishing|angling|horseriding|"
    r"webdesign|hosting|softwarehouse|printing|druckerei|signage|packaging|garden(?:centre|center|s|ing)?$|florist|blumen|"
    r"travelagency|reisebuero|tours?$|excursion|townhall|gemeinde|concello|ayuntamiento|mairie"
)
_OWN = re.compile(r"pharm|farm[aá]c|apothe|drug|med|health|clinic|hospital|doctor|dental|vet|cannab|chemist|rx")
_SUBJECT = compile_on_use(
    r"(?<![a-z])(?:(?:online|canadian|internet|mail)[-_]?pharmac(?:y|ies)|pharmac(?:y|ies)|drugstore|online[-_]?apotheke|pharmacie[-_]en[-_]ligne|"
    r"(?:ed|generic|cheap|rx)[-_](?:medicines?|medications?|drugs?|pills?|meds)|"
    r"farmacia[-_]online|no[-_]prescription|without[-_](?:a[-_])?prescription|rezeptfrei|ohne[-_]rezept|sans[-_]ordonnance|sin[-_]receta|"
    r"senza[-_]ricetta|bez[-_]recepty|receptfri\w*)(?![a-z])"
)


def unrelated_trade(target: Target) -> str:
    """Return the word by which the host belongs to another trade, if the page's path is about medicines; "" otherwise.

    Only the path counts, which names the page; a host of the health trades is never unrelated.
    """
    label = target.domain.partition(".")[0].replace("-", "").casefold()
    trade = re.search(_TRADES, label)
    if not trade or _OWN.search(label):
        return ""
    parts = urlsplit(target.url)
    path = unquote(f"{parts.path} {parts.query}")[:300].casefold()
    return trade[0] if names_medicine(target.url) or _SUBJECT.search(path) else ""
