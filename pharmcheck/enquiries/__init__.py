"""Registers that answer one question at a time: what is asked of which, and what their pages answer; pure.

`LOOK_UPS` is the data, `json_answers` and `html_answers` hold a small reader each. A page that a reader does not
understand to the last word is a Gap, never "none".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, unquote

from pharmcheck.enquiries.answers import Answer, StrangeAnswerError
from pharmcheck.enquiries.html_answers import read_gphc, read_legitscript, read_psi
from pharmcheck.enquiries.json_answers import read_nabp, read_nppes
from pharmcheck.model import Enquiry, Gap, Licence, Listing, Page, Quote, Target
from pharmcheck.reading.host import belongs_to_many
from pharmcheck.reading.locate import trace
from pharmcheck.target import host_of

__all__ = ("LOOK_UPS", "MAX_QUESTIONS", "LookUp", "Question", "is_about", "questions", "read_answers")

MAX_QUESTIONS = 8  # a site prints the numbers of one or two pharmacies; more of them are a list, and not ours to check
_ARTIFACT = "register"


@dataclass(frozen=True, slots=True)
class LookUp:
    """How one register is asked. `url` has a place `{about}` for a domain, or for a number of one of `numbers_of`.

    `numbers_of` are the registries under which the reading files such a number (empty: the domain is asked for), `shape`
    what is worth asking. An answer counts only from one of `hosts`. `conclusive`: it knows all numbers that were given out.
    """

    registry: str
    country: str
    authority: str
    url: str
    hosts: tuple[str, ...]
    read: Callable[[Page, str], Answer]
    numbers_of: tuple[str, ...] = ()
    shape: str = ""
    conclusive: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A question to a register about a domain or a number, and the URL that asks it."""

    look_up: LookUp
    about: str

    @property
    def url(self) -> str:
        return self.look_up.url.replace("{about}", quote(self.about, safe=""))

    def gap(self, why: str) -> Gap:
        """Return the gap that stands for the answer."""
        return Gap(f"{_ARTIFACT} {self.look_up.registry}", f"{self.look_up.authority}, asked for {self.about}: {why}")


LOOK_UPS = (
    LookUp(
        "us-nppes",
        "US",
        "CMS, NPPES registry of NPI numbers",
        "https://npiregistry.cms.hhs.gov/api/?version=2.1&number={about}",
        ("npiregistry.cms.hhs.gov",),
        read_nppes,
        numbers_of=("us-nppes",),
        shape=r"[12]\d{9}",
        conclusive=True,
    ),
    LookUp(
        "gb-gphc",
        "GB",
        "General Pharmaceutical Council register of premises",
        "https://www.pharmacyregulation.org/registers/pharmacy/registrationnumber/{about}",
        ("www.pharmacyregulation.org", "pharmacyregulation.org"),
        read_gphc,
        numbers_of=("gb-gphc",),
        shape=r"(?:10|11|90)\d{5}",  # not conclusive: its page for a number that nobody has is not known well enough
    ),
    LookUp(
        "ie-psi-register",
        "IE",
        "PSI, register of retail pharmacy businesses",
        "https://registrations.thepsi.ie/search-register/?type=0&search={about}",
        ("registrations.thepsi.ie",),
        read_psi,
        numbers_of=("ie-psi", "ie-psi-register"),
        shape=r"\d{4,5}",  # a pharmacist's number has the same shape: no entry proves nothing
    ),
    LookUp(
        "us-nabp-accredited",
        "US",
        "NABP, safe.pharmacy",
        "https://safe.pharmacy/wp-content/themes/safe24/ddl/vuvl.php?url={about}",
        ("safe.pharmacy", "www.safe.pharmacy"),
        read_nabp,
    ),
    LookUp(
        "us-legitscript",
        "US",
        "LegitScript, certification look-up",
        "https://www.legitscript.com/websites/?checker_keywords={about}",
        ("www.legitscript.com", "legitscript.com"),
        read_legitscript,
    ),
)


def questions(
    target: Target, licences: Iterable[Licence], look_ups: Sequence[LookUp] = LOOK_UPS
) -> tuple[Question, ...]:
    """Return what to ask about a site: its numbers of their registers, then its domain; at most eight, each once.

    A platform's or market's domain is not asked for: what a register says of it, it does not say of who sells there.
    """
    printed = dict.fromkeys((licence.registry, licence.number) for licence in licences)
    wanted = [
        Question(look_up, number)
        for look_up in look_ups
        for registry, number in printed
        if registry in look_up.numbers_of and re.fullmatch(look_up.shape, number)
    ]
    asked_for = () if belongs_to_many(target) else (target.domain,)
    domain = [Question(look_up, about) for look_up in look_ups if not look_up.numbers_of for about in asked_for]
    return tuple(dict.fromkeys((*domain, *wanted)))[:MAX_QUESTIONS]


def is_about(enquiry: Enquiry, licence: Licence) -> bool:
    """True where a register was asked for that number, and for a number of that kind."""
    kinds = (look_up.numbers_of for look_up in LOOK_UPS if look_up.registry == enquiry.registry)
    return enquiry.about == licence.number and any(licence.registry in kind for kind in kinds)


def read_answers(pages: Iterable[Page], target: Target, day: date) -> Iterator[Enquiry | Gap]:
    """Yield what registers answered on `day` about a site, or why their pages could not be understood."""
    for page in pages:
        question = _question(page)
        of_site = question is not None and question.about == target.domain and not belongs_to_many(target)
        if question and (question.look_up.numbers_of or of_site):
            yield _read_answer(page, question, day)


def _read_answer(page: Page, question: Question, day: date) -> Enquiry | Gap:
    """Return what a register answered to a question, or a Gap for a page that is not understood."""
    look_up = question.look_up
    if (host := host_of(page.url)) not in look_up.hosts:
        return question.gap(f"the answer came from {host}, which is not the register's host")
    try:
        answer = look_up.read(page, question.about)
    except StrangeAnswerError as error:
        return question.gap(f"{error}; its page may have changed")
    registry = answer.registry or look_up.registry
    quoted = trace(Quote(page.url, answer.text[:200], f"{registry}, asked on {day}"), page)
    return Enquiry(
        registry,
        look_up.authority,
        question.about,
        answer.outcome,
        quoted,
        _listing(answer, look_up, registry, page.url, day),
        look_up.conclusive and answer.outcome == "none",
    )


def _listing(answer: Answer, look_up: LookUp, registry: str, url: str, day: date) -> Listing | None:
    if answer.outcome != "entry":
        return None
    status = "warned" if answer.warned else "listed"
    return Listing(
        registry,
        look_up.country,
        answer.name,
        answer.number,
        answer.domain,
        status,
        url,
        day,
        note=answer.note,
        contested=answer.warned,  # by a body that is no authority
    )


def _question(page: Page) -> Question | None:
    """Return the question whose answer a page is, None where it answers none that we ask."""
    asked = (*page.hops, page.url)[0]
    for look_up in LOOK_UPS:
        before, _, after = look_up.url.partition("{about}")
        if asked.startswith(before) and asked.endswith(after):
            return Question(look_up, unquote(asked[len(before) : len(asked) - len(after)]))
    return None
