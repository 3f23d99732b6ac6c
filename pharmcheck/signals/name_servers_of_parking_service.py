"""Does the domain lie with a service for names that nobody uses?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pharmcheck.model import Names, Quote, Unread
from pharmcheck.reading.network_services import parking_service


def name_servers_of_parking_service(dns: Names) -> Iterator[Quote]:
    """All name servers of the domain are those of a parking service.

    Why: nobody uses the name, or it is for sale. What a visitor sees there the service chooses, another page for each
    visitor, and whoever buys the name takes its entries in registers along.
    Source: Zirngibl et al., "Domain Parking: Largely Present, Rarely Considered!", TMA 2022 (name servers of 82 services);
    MISP, warning list parking-domain-ns.
    False alarm: an owner who took the name up and still leaves it with the service.
    """
    if "NS" not in dns.answered:
        raise Unread(f"the name servers of {dns.domain} are not known")
    services = {parking_service(server) for server in dns.name_servers}
    if services and "" not in services:
        yield replace(dns.quote("NS"), note=f"{', '.join(dns.name_servers)}: {', '.join(sorted(services))}")
