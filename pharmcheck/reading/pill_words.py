"""Words of the pill trade: goods, warnings, heads of letters, and what such words look like in an address."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from urllib.parse import unquote

from ahocorasick_rs import AhoCorasick, Implementation

from pharmcheck.reading.anycase import AnyCase
from pharmcheck.reading.buying import CALL
from pharmcheck.reading.medicine_table import load_medicines
from pharmcheck.reading.on_use import compile_on_use
from pharmcheck.target import registrable_domain

# What is sold, where no medicine is named.
GOODS = AnyCase(
    r"\b(?:(?:rx|ed|prescription|perscription|generic|cheap|discount(?:ed)?|canadian|online|internet|diet|weight[ -]loss)\s?-?\s?"
    r"(?:meds?|medz|drugs?|drvgs|pills?|medications?|medicines?|tabs|pharmac(?:y|ies)|drugstores?)|sex\s?pills|softtabs|"
    r"(?:online|internet|web|e-?)\s?pharmac(?:y|ies)|drug ?stores?|pharmac(?:y|ies)|meds|medz|pills|medications?|pharmacie en ligne|"
    r"farmacia online|online[- ]?apotheke|potenzmittel|schlaftabletten|schmerzmittel|интернет[- ]аптека)\b",
)
# The same in two words at least: no article speaks so.
OFFERED_GOODS = AnyCase(
    r"\b(?:(?:rx|generic|cheap|discount(?:ed)?|canadian|online|internet|best|quality)\s?-?\s?"
    r"(?:meds?|medz|drugs?|pills?|medications?|medicines?|tabs|pharmac(?:y|ies)|drugstores?)|medz|sex\s?pills|softtabs)\b",
)
# Words of warning: what stands beside them is reported, not recommended.
WARNING = AnyCase(
    r"\b(?:avoid|beware|warn\w*|fake|counterfeit\w*|falsified|illegal\w*|unlawful\w*|rogue|scam\w*|fraud\w*|seiz\w*|shut down|"
    r"arrest\w*|police|prosecut\w*|regulator\w*|agenc(?:y|ies)|authorit(?:y|ies)|blacklist\w*|unlicen[sc]ed|banned|blocked|"
    r"violat\w*|unapproved|misbranded|unauthori[sz]ed|injunction|complain\w*|victims?|fda(?![ -]approved)|mhra|"
    r"died|deaths?|dead|poison\w*|overdose\w*|warnen|warnte|gestorben|tote[rn]?|vergift\w*|muert\w*|intoxic\w*|morts?|mort[ie]|"
    r"döda|dödsfall|varnar?|dode|doden|zmar\w*|ofiar\w*|zemřel\w*|погиб\w*|умер\w*|предупрежда\w*|注意|警告|偽造|死亡|"
    r"report (?:a|them|it|sites?|websites?|to)|do not (?:buy|order|use|trust)|don't (?:buy|order|use|trust)|never (?:buy|order)|dangerous|"
    r"warnt|warnung|gefälscht\w*|illegale?\w*|behörde\w*|polizei|contrefa\w*|illégal\w*|méfie\w*|falsificad\w*|ilegal\w*|"
    r"policía|contraffatt\w*|polizia|vervalst\w*|politie|podrobion\w*|padělan\w*|поддел\w*|полици\w*)\b",
)
# Words of advice: a link beside them leads to a register as likely as to a shop.
ADVICE = AnyCase(
    r"\b(?:check (?:that|the|if|whether|with)|verify|registered with|regulated by|look for the|logo|ask your|talk to|consult|"
    r"prüfen sie|vérifiez|compruebe|verificare|controleer)\b",
)
REMOVAL = AnyCase(
    r"\b(?:unsubscri\w*|remov\w*|opt[ -]?out|optout|taken out|(?:future|no more) (?:mail|contact|offer)\w*)\b",
)
# In a sender's name or a subject these words are an offer.
_OFFERED = compile_on_use(
    r"\b(?:(?:online|internet|canadian|cheap|discount|express|best|#\s?1|us|usa|global)\s?-?\s?"
    r"(?:pharmac\w+|drug ?store|drugs|meds?|medz|pills|medications?)|"
    r"med-?(?:store|shop|mart)|pill-?(?:store|shop|mart)|rx-?(?:store|shop|mart|meds)|anti-?ed|ed (?:pills|meds|treatment)|"
    r"(?!prescri(?:ption|bed|bing|be) )p(?:resc|ersc|recs)\w{4,9} (?:drugs|drvgs|dr\w{0,2}gs|meds|medz|pills|medicat\w+)|drvgs|"
    r"(?:buy)?v[il1!|*.][a@4*][gq9*]r[a@4]|c[i1l!|*.][a@4]l[i1!|*.]s(?!t)|"
    r"(?:meds|pills|drugs|medications?|prescriptions?) (?:online|here|for less|4 less|store|shop|sale)|generic meds)\b",
    re.IGNORECASE,
)
_SENDER = re.compile(
    r"\b(?:meds|medz|pills|pharmacy|drug ?store|rx|ed|erection|sex (?:remed\w+|boosters?|pills))\b"
    r"|pfizer.*\b(?:e-?store|e-?shop|remed\w+|retailer|reseller|brands?|site)\b|\b(?:e-?store|e-?shop|boosters?|medicines).*pfizer",
    re.IGNORECASE,
)
# Spam borrows the name of the best-known maker; no maker reduces the price of a prescription medicine by mail.
_MAKER = re.compile(r"\bpf(?:iz|zi)er", re.IGNORECASE)
_REDUCED = re.compile(
    r"\d\d ?%.{0,40}?\b(?:off|less|cheaper|discount\w*|coupon|sale)|\b(?:coupon|discount\w*|off|save)\b.{0,20}?\d\d ?%",
    re.I,
)
_ED = re.compile(r"\b(?:ED (?:solutions?|pills|meds|drugs|treatments?)|[Ee]rection (?:meds|pills|brands))\b")
_NEWS = re.compile(
    r"\b(?:law ?suits?|attorneys?|settle\w*|recalls?|court|trial|study|studies|news|newsletter|digest)\b", re.I
)
# A title that asks or tells of buying.
_ASKED = re.compile(
    r"\b(?:can|should|is|does|how|why|where|what|when|myths?|over the counter|law|legal\w*|safe\w*|risks?|dangers?|news|forum|"
    r"kann|darf|ist|wie|warum|wo|risik\w+|gefahr\w*|peut|comment|pourquoi|où|puede|cómo|como|dónde|donde|dove|come|perché|rischi\w*|kan|hoe|waarom)\b",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"[^\W\d_]+")
# Medicines that spam cuts short or misspells in names of domains; `cial` must not be that of special or social.
_STEMS = re.compile(
    r"viag|viaa|(?<!spe)(?<!so)(?<!offi)(?<!finan)(?<!commer)cialis(?![tmez])|(?<![aeinoru])cial(?!i[sz])|levitr|tadala|sildena|vardena|"
    r"kamagr|xana[xk]|tramad|phenter|modafin|zopicl|oxycod|hydroco|percoc|adderal"
)
_TRADE = re.compile(
    r"pharm(?!ac[oe]|aceu)|farmac|apothe[kc]|apotek|aptek|lekarn|drug|(?<!s)pills?|meds|(?<![aeiou])rx(?![aeiou])|^rx|tabs|chemist|medz|(?<!a)steroid|peptid"
)
_SALES = re.compile(
    r"buy|order|cheap|generic|online|canad|discount|shop|store|24|best|usa|express|direct|sale|price|cost|easy|fast|quick|golden|top|"
    r"kaufen|achat|acheter|compra"
)
_PLANTED = re.compile(
    r"/(?:cgi-bin|wp-includes|wp-content/(?:themes|plugins)|images?|tmp|css|js)/[^?]*\.(?:html?|php)\b", re.I
)


@lru_cache(maxsize=4096)
def trade_in(host: str) -> int:
    """Return how plainly the registrable name of `host` speaks of pills: 0 not, 1 by a word of the trade, 2 beyond doubt.

    Beyond doubt is a medicine's name with something added (`viagra.com` may be its maker's), or two words of the trade.
    """
    domain = registrable_domain(host)
    name = domain.partition(".")[0].replace("-", "").lower()
    medicine = _medicine_in(name)
    if medicine and name not in _names()[1]:
        return 2
    trade = {m[0] for m in _TRADE.finditer(name)}
    sales = {m[0] for m in _SALES.finditer(name)}
    if trade and (len(trade) > 1 or sales):
        return 2
    return 1 if trade or medicine or ("generic" in sales and len(sales) > 1) else 0


def sells_in_head(head: str) -> bool:
    """True when subject and sender of a letter offer pills, also glued (`BrandPillsUSA`), and do not warn of any."""
    subject, _, sender = head.rpartition("\nFrom: ")
    sender = sender.partition("<")[0]
    if _named(sender) and not WARNING.stands_in(sender):
        return True
    if WARNING.stands_in(head):
        return False
    if _MAKER.search(sender) and _REDUCED.search(subject):
        return True
    if _NEWS.search(subject):
        return False
    return bool(_SENDER.search(sender)) or bool(_OFFERED.search(head)) or _named(head)


def _named(words: str) -> bool:
    """True when a word holds the beginning of a medicine's name that spam sells."""
    return any(_STEMS.search(word) for word in _TOKEN.findall(words.lower()))


def offers_pills(words: str) -> bool:
    """True when the words of a link name pills, and no news of them: for pictures, whose words are not in the text."""
    lowered = words.lower()
    named = any(_STEMS.search(word) for word in _TOKEN.findall(lowered)) or OFFERED_GOODS.stands_in(words)
    return bool(named or _ED.search(words)) and not (WARNING.stands_in(words) or _NEWS.search(words))


def names_medicine(url: str) -> bool:
    """True when path or query of an address carry a medicine's name."""
    path = url.partition("://")[2].partition("/")[2].lower()
    return any(_medicine_in(word) for word in _TOKEN.findall(path[:300]))


def calls_in_address(url: str) -> bool:
    """True when the path of an address is a call to buy a medicine, as pages made for search engines have it."""
    words = " ".join(re.split(r"[^\w]+|_", unquote(url.partition("://")[2].partition("/")[2])[:300]))
    return names_medicine(url) and CALL.stands_in(words) and not (_ASKED.search(words) or WARNING.stands_in(words))


def is_planted(url: str) -> bool:
    """True for a page with a medicine's name in a folder that holds no pages: the mark of a doorway on a hacked site."""
    lowered = url.lower()
    return (".htm" in lowered or ".php" in lowered) and bool(_PLANTED.search(url)) and names_medicine(url)


def _medicine_in(name: str) -> str:
    """Return the medicine's name in a longer word, "" where there is none, or what surrounds it belongs to another word."""
    stem = _STEMS.search(name)
    if stem:
        return stem[0]
    automaton, patterns = _names()
    for index, start, end in automaton.find_matches_as_indexes(name):
        rest = name[:start] + " " + name[end:]
        if patterns[index] != "cialis" and (
            not rest.strip() or not _TOKEN.search(rest) or _SALES.search(rest) or _TRADE.search(rest)
        ):
            return patterns[index]
    return ""


@cache
def _names() -> tuple[AhoCorasick, tuple[str, ...]]:
    """Return the names of prescription medicines that are long enough to be told inside a longer word."""
    names = tuple(
        dict.fromkeys(
            name.lower()
            for medicine in load_medicines()
            if medicine.use == "human" and medicine.prescription_only
            for name in (medicine.name, *medicine.brands, *(brand for brand, _ in medicine.export_brands))
            if len(name) >= 6 and name.isascii() and name.isalpha()
        )
    )
    return AhoCorasick(list(names), implementation=Implementation.ContiguousNFA), names
