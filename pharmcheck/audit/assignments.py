"""What an audit tells those who check sites for it, and what they answer; imports nothing that only they need."""

from __future__ import annotations

import errno
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from pharmcheck.audit.politeness import Limits
from pharmcheck.audit.waiting import Placed

# Disks and descriptors; other errors with a file's name are of our files as well.
OWN_FAULTS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EMFILE, errno.ENFILE})


class OwnFaultError(Exception):
    """This machine failed, a full disk for one: no fault of the site, which is still to be checked; the message says what."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How an audit checks: `source` is `live`, `offline` or `warc`; `started` an aware UTC time.

    `evidence` is the folder for the recordings of the sites, `at_once` how many sites one process reads at a time.
    Of a batch no site is begun after `batch_limit_s`; `grace_s` is what it may take besides for starting and sending.
    """

    started: datetime
    source: str = "live"
    countries: tuple[str, ...] = ()
    evidence: Path | None = None
    at_once: int = 16
    processes: int = 2
    site_limit_s: float = 180.0
    batch_limit_s: float = 300.0
    grace_s: float = 60.0
    limits: Limits = field(default_factory=Limits)
    options: dict[str, Any] = field(default_factory=dict)

    @property
    def at_hand(self) -> int:
        """How many sites a process has at hand; where none waits for the network a few keep it busy."""
        return self.at_once if self.source == "live" else min(self.at_once, 4)


@dataclass(frozen=True, slots=True)
class Answer:
    """The report on a site, None where it has only begun or was not begun in time, and its recording, b"" for none."""

    identity: str
    report: dict[str, Any] | None
    evidence: bytes = b""


@dataclass(frozen=True, slots=True)
class Assignment:
    """A site of a batch, with its recorded pages or their places."""

    placed: Placed
    pages: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """The answers to a batch, and by what the machine failed that had it, "" where it did not."""

    answers: tuple[Answer, ...]
    fault: str = ""
