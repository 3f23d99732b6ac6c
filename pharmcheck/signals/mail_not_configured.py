"""Can the site's own address be written to?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pharmcheck.model import Names, Operator, Quote, Unread


def mail_not_configured(operator: Operator, dns: Names) -> Iterator[Quote]:
    """The site gives an e-mail address of its own domain, and the DNS names no host that takes mail for it.

    Why: an address that nobody can write to is decoration.
    Source: RFC 5321, section 5.1, and RFC 7505 (a domain may say that it takes no mail).
    False alarm: a domain without MX whose web host takes mail itself, as RFC 5321 allows and almost nobody does.
    """
    own = [d for d in operator.emails if d.value.lower().rpartition("@")[2] == dns.domain]
    if not own:
        return
    if "MX" not in dns.answered:
        raise Unread(f"the name servers did not tell who takes mail for {dns.domain}")
    if dns.mail in ((), (".",)):
        refuses = "says that it takes no mail" if dns.mail else "names no host that takes mail"
        yield from (replace(d.quote, note=f"an address of {dns.domain}, of which the DNS {refuses}") for d in own)
        yield dns.quote("MX")
