"""The guard with answers of a test's own."""

from __future__ import annotations

import asyncio

from pharmcheck.capture.guard import (
    GuardedBackend,
    Resolve,
    UnreachedError,
)


def connect(backend: GuardedBackend, host: str, port: int = 80) -> str:
    async def run() -> str:
        try:
            stream = await backend.connect_tcp(host, port, 2)
        except UnreachedError as error:
            return str(error)
        await stream.aclose()
        return "connected"

    return asyncio.run(run())


def answering(*addresses: str) -> Resolve:
    async def resolve(host: str) -> tuple[str, ...]:
        return addresses

    return resolve


def named(*addresses: str) -> GuardedBackend:
    return GuardedBackend(resolve=answering(*addresses))
