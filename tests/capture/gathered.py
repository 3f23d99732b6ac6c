"""Sites gathered from a loopback shop."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from pharmcheck.capture import capture
from pharmcheck.model import Site
from pharmcheck.target import parse_target
from tests.capture.shop import Route, Shop

HOME = "<title>Invented shop</title><p>We are an invented shop with more than enough words to count as a page.</p>"


def read(routes: Mapping[str, Route], target: str = "http://shop.example", **options: Any) -> Site:
    """Capture `target` from a loopback server with these routes."""

    async def run() -> Site:
        async with Shop(routes) as shop:
            return await capture(parse_target(target), shop.options(**options))

    return asyncio.run(run())


def why(site: Site, artifact: str = "home") -> str:
    return next((gap.why for gap in site.gaps if gap.artifact == artifact), "")
