"""A command that is broken off at a point, and a shop to check."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LONG = os.environ.get("PHARMCHECK_GAUNTLET") == "long"
URL = "http://shop.example/"
SHOP = "<title>Pills</title><h1>Buy Viagra without prescription</h1><p>Viagra 100 mg $1.99 <a href=/cart>Add to cart</a><p>{}"


def ran(module: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own, as `killed` or `starved`."""
    command = [sys.executable, "-m", f"tests.hostile.{module}", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False)
