"""A running server for browsers and API clients: in a thread with any check, or as `pharmcheck serve` itself."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import uvicorn
from fastapi import FastAPI

from pharmcheck.web.prompt import PromptProtocol
from tests.loopback import Loopback

CHROMIUM_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]
CHROMIUM_FLAGS += ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]  # it is no Python: its own guard


def chromium() -> str | None:
    """Return the path of an installed Chromium or Chrome, None where there is none."""
    import shutil

    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((found for name in names if (found := shutil.which(name))), None)


@contextlib.contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """Serve an application from a thread and yield its address; it is stopped with the context."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    config = uvicorn.Config(
        app,
        http=PromptProtocol,
        log_level="critical",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    ready = threading.Event()
    startup = server.startup

    async def started(sockets: list[socket.socket] | None = None) -> None:
        await startup(sockets)
        ready.set()

    server.startup = started  # type: ignore[method-assign]
    thread = threading.Thread(target=server.run, args=([listener],))
    thread.start()
    try:
        if not ready.wait(60):
            raise RuntimeError("the server did not start")
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listener.close()


@contextlib.contextmanager
def served(sites: Loopback, *options: str) -> Iterator[tuple[str, int]]:
    """Run `pharmcheck serve` over the sites of a loopback server; yield its address and process id."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    to = [part for rule in sites.connect_to for part in ("--connect-to", rule)]
    command = [sys.executable, "-m", "pharmcheck", "serve", "--port", str(port), "--ca-file", str(sites.ca_file)]
    process = subprocess.Popen([*command, *to, *options], stderr=subprocess.PIPE, text=True)
    try:
        _wait(f"http://127.0.0.1:{port}/healthz", process)
        yield f"http://127.0.0.1:{port}", process.pid
    finally:
        process.terminate()
        process.communicate()


def _wait(address: str, process: subprocess.Popen[str]) -> None:
    """Wait until the server answers; RuntimeError where it ends instead."""
    for _ in range(600):
        try:
            urlopen(address, timeout=1).close()
        except OSError:
            try:
                process.wait(0.1)
            except subprocess.TimeoutExpired:
                continue
            raise RuntimeError(f"the server ended: {process.communicate()[1]}") from None
        else:
            return
    raise RuntimeError("the server did not start in a minute")


SITES = Path(__file__).resolve().parents[2] / "cassettes" / "sites"
