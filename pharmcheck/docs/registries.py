"""The text of `registries/README.md`: what can be proved about sellers in each country, and with which list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pharmcheck.registries import Folder, load_registries

_INTRO = """\
# Registries

Official lists of pharmacies and sellers, accreditors' lists, and official warnings: one folder each, data only, no
code. `pharmcheck registries` prints them with their freshness, `pharmcheck registries lookup DOMAIN|NUMBER|NAME`
searches them.

## What an entry proves

* An entry in a **positive** list says that the authority names this site (or this number). It is only as good as
  its date: in a copy of more than 400 days it vouches for nobody.
* An entry in a **negative** list is an official warning, order or seizure, with its date. A newer warning outweighs
  an older entry in a register: domains expire and are taken over. `lifted` warnings are kept, and count nothing.
  In a copy that is stale, or where it is older than its list allows, a warning adds doubt and decides nothing.
* An entry older than the registration of its domain (`former` in reports) speaks for whoever held the domain then: it
  earns no trust, nor does a seal that opens the same register, and it accuses nobody.
* A warning is given under the law of its country. A site that is lawful at home can stand on the list of another
  country.
* A **neutral** list speaks neither for nor against a seller: numbers that identify, ways to the right register, an
  authority that has no list. It never names a site.
* **Absence** proves something only where the list is exhaustive for that kind of seller, names web sites, covers
  the seller's country, and our copy is fresh. Where we hold no entries, "not in the register" is unknown, and the
  link is for a person to open.
* **Confidence** is that of the facts about a list, not of its entries. What rests on memory alone (`low`) proves no
  absence and gives no number its shape, and its hosts confirm no seal.

## Files

`registry.toml` holds the facts, strictly checked: `authority`, `country` (`EU`; `XX` where there is none), `lists`
(pharmacies, sites, other-retailers, accredited, illegal-sites, warned-sites, blocked-sites; in neutral lists
identifiers, prescribers, directory, authority, unofficial), `polarity`, `url`, `hosts` (where its logo and entries
may be; a page there confirms a seal if it came over https), `exhaustive` (for whom absence proves something: "",
pharmacies, other-retailers, sellers, veterinary), `names_sites` (whether entries carry web addresses), `law`,
`licence` (of the data), `max_age_days`, `source` and `confidence` (of these facts), `facts_as_of`; where they are
known `region` (the part of the country that it covers), `formats` (in which the list is public), `download_url`,
`search_url`, `entry_url` (with `{number}`, `{domain}` or `{slug}`), `number_pattern` and `report_url`; with a list
also `as_of`, `min_entries`, `max_entries` and `list_source`. `hosts_confirm = false` marks hosts on which an agency
may also warn of sites by name, or that no source was read for: a page there confirms no seal. `caution` marks
warnings that prove no illegal pharmacy, `closed` a list kept no more, `entry_max_age_days` how long an entry speaks
for itself.

`list.csv` holds the entries: `name, number, domain, path, status, since, note, url`. `domain` is a lower-case ASCII
host without `www.`; with a `path` (a pharmacy inside a larger shop) or a deeper host, only that path or host is
meant. `status` is `listed` in a positive list, `warned`, `contested` (another body accredits the site, or it is lawful
elsewhere) or `lifted` in a negative one, `recorded` in a neutral one. `since` is the day of the entry, `url` the page
for a person to open where it differs from the registry's own. Names of natural persons are left out. A list that
breaks a rule stops the program: it never becomes "not found".
"""
_UNUSED = """\
## Why community blocklists are not used

Not even as a hint. The largest one for medicines names lawful pharmacies, is in large part a copy of a list that must
not be passed on, and knew 19 of 552 sites that the Czech agency warns of; of the others, those that we compared knew 3
or fewer. None gives a date, a reason or somebody who answers for an entry, and names of spam die quickly and pass to
others. Their folders hold the facts about them, so that nobody need look twice, and the program refuses to start if one
holds entries.

NABP's Not Recommended list is not shipped either: its terms of reuse are not known. Single press reports are no list.
"""
_HEAD = ("country", "what we can prove", "with which list", "entries", "how fresh", "what absence proves", "facts")
_NEUTRAL = {
    "identifiers": "that a number exists, not who sells",
    "prescribers": "nothing offline: who prescribes stands there, not who sells",
    "directory": "nothing: it leads to the right register",
    "authority": "nothing: there is no list of sellers",
}


def registries_readme() -> str:
    """Return the text of `registries/README.md`: what lists prove, the format, and a table of all registries."""
    folders = sorted(load_registries().folders, key=lambda f: (f.registry.country, f.registry.id))
    used = [f for f in folders if "unofficial" not in f.lists]
    unused = [f for f in folders if "unofficial" in f.lists]
    held = sum(f.registry.entries for f in used)
    countries = len({f.registry.country for f in used} - {"EU"})
    return "\n".join(
        (
            _INTRO,
            f"## What we can prove, by country ({len(used)} lists of {countries} countries and the EU, with {held} entries)",
            "",
            "This file is written by `pharmcheck docs`.",
            "",
            *_table(_HEAD, map(_row, used)),
            "",
            _UNUSED,
            *_table(("list", "its facts are", "licence of the data"), map(_unused_row, unused)),
            "",
            "## What to know about each",
            "",
            *map(_known, folders),
            "",
        )
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    return [f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows)]


def _row(folder: Folder) -> tuple[str, ...]:
    registry = folder.registry
    place = f"{registry.country} ({registry.region})" if registry.region else registry.country
    fresh = f"{registry.as_of}, good for {registry.max_age_days} days" if registry.entries else ""
    entries = str(registry.entries) if registry.entries else "none held"
    facts = f"{registry.confidence}, {folder.facts_as_of:%Y-%m}"
    link = f"[{registry.id}]({registry.url}) {registry.authority}"
    return (place, _proved(folder), link, entries, fresh, _absence(folder), facts)


def _proved(folder: Folder) -> str:
    """Return in words what the list lets us prove, with the copy that we hold or without any."""
    registry = folder.registry
    listed = ", ".join(folder.lists)
    if registry.polarity == "neutral":
        return _NEUTRAL[folder.lists[0]]
    if registry.polarity == "negative":
        weight = ", which proves no illegal pharmacy" if registry.caution else ""
        return f"an official warning ({listed}){weight}" if registry.entries else f"nothing offline ({listed})"
    if registry.closed:
        return "nothing: the list is closed"
    if registry.entries:
        return f"that a site is listed ({listed})"
    if registry.hosts:
        return f"a seal, if its page there names the site ({listed})"
    return f"nothing offline ({listed})"


def _absence(folder: Folder) -> str:
    registry, claimed = folder.registry, folder.exhaustive
    if not claimed:
        return "nothing"
    if not registry.exhaustive:
        return "nothing: that it is complete is from memory"
    return f"that it is none of the lawful {claimed}" if registry.entries else f"unknown: no copy ({claimed})"


def _unused_row(folder: Folder) -> tuple[str, ...]:
    registry = folder.registry
    link = f"[{registry.id}]({registry.url}) {registry.authority}"
    return (link, f"{registry.confidence}, {folder.facts_as_of:%Y-%m}", folder.licence)


def _known(folder: Folder) -> str:
    formats = f"; public as {', '.join(folder.formats)}" if folder.formats else ""
    licence = f"data: {folder.licence}{formats}"
    return f"* **{folder.registry.id}** ({licence}): {folder.law} Source: {folder.registry.source}."
