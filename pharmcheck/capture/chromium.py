"""Finds the Chromium of this machine and starts it without a network of its own, in its sandbox, with bounds on what it takes."""

from __future__ import annotations

import asyncio
import os
import shlex
import shutil
import sys
from asyncio.subprocess import DEVNULL
from pathlib import Path

MEMORY_KB = 1_500_000  # of each process of the browser; a shop's page takes a tenth of it
CPU_S = 60  # likewise: what is left behind by a killed check ends by itself
INSTALL = "install Chromium (such as `apt install chromium`), or say by PHARMCHECK_CHROMIUM where it is"
_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome", "microsoft-edge")
_PLACES = (
    "/usr/lib/chromium/chromium",
    "/snap/bin/chromium",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
)
# A browser that is told so can open no connection: its only way out is a proxy whose name does not exist, as no name does.
# What pages may not do is refused by its context in `visit.py`; this is for what no context hears of.
FLAGS = (
    "--proxy-server=http://nowhere.invalid:9",
    "--proxy-bypass-list=<-loopback>",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-quic",
    "--dns-prefetch-disable",
    "--no-pings",
    "--disable-background-networking",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-file-system",
    "--js-flags=--max-old-space-size=512",
)
UNWANTED_DEFAULTS = ("--disable-popup-blocking",)  # Playwright's own, which would let pages open windows
_NO_NETWORK = ("--user", "--net", "--map-user=65534", "--map-group=65534", "--")


class RenderError(Exception):
    """A page cannot be rendered; the message is a sentence without its subject page."""


def find_chromium() -> str:
    """Return the path of an installed Chromium or Chrome; raises RenderError with what to install."""
    named = os.environ.get("PHARMCHECK_CHROMIUM", "")
    for place in (named,) if named else (*_NAMES, *_PLACES):
        if found := shutil.which(place):
            return found
    where = f"PHARMCHECK_CHROMIUM names {named!r}, which is no program" if named else "no Chromium was found"
    raise RenderError(f"{where}; {INSTALL}")


async def without_network() -> tuple[str, ...]:
    """Return the command that starts a program in a network namespace in which nothing is, () where there is none.

    Under it the user is nobody, so that root's Chromium, too, runs in its sandbox.
    """
    unshare = shutil.which("unshare")
    if not unshare:
        return ()
    command = (unshare, *_NO_NETWORK)
    tried = await asyncio.create_subprocess_exec(*command, "true", stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL)
    return command if await tried.wait() == 0 else ()


def launcher(chromium: str, before: tuple[str, ...], folder: Path) -> str:
    """Return the program that starts Chromium: a script in `folder` that bounds it first, where the system has a shell.

    `folder/pid` then holds the process id of the browser. Raises RenderError where Chromium would run as root, and so
    without its sandbox.
    """
    if sys.platform == "win32":
        return chromium
    if not before and os.geteuid() == 0:
        raise RenderError(
            "as root the browser would run without its sandbox, for this machine allows no user namespaces; "
            "check as another user"
        )
    lines = (
        "#!/bin/sh",
        f"echo $$ > {shlex.quote(str(folder / 'pid'))}",
        "ulimit -c 0",
        "ulimit -S -v unlimited 2> /dev/null",
        f"ulimit -d {MEMORY_KB}",
        f"ulimit -t {CPU_S}",
        f'exec {shlex.join((*before, chromium))} "$@"',
    )
    script = folder / "chromium"
    script.write_text("\n".join(lines) + "\n", encoding="utf-8")
    script.chmod(0o700)
    return str(script)


def environment(folder: Path) -> dict[str, str]:
    """Return what Chromium gets to know of us: where programs are, and a home that goes away with the check."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    return {**kept, "LANG": "C.UTF-8", "HOME": str(folder), "TMPDIR": str(folder)}
