"""Build what is released, twice, and write it to dist/ with its bill of materials and checksums.

Run by `make release`. The builds must be the same bytes: SOURCE_DATE_EPOCH is the time of the last commit, and the builder is
the one of `requirements-dev.lock`. The bill of materials (CycloneDX 1.6) is made from an environment that holds the wheel and
the versions of `requirements.lock`, and nothing else.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import venv
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    dist = ROOT / "dist"
    with TemporaryDirectory(prefix="pharmcheck-release-") as scratch:
        first, second = (built(Path(scratch, name)) for name in ("first", "second"))
        if sums(first) != sums(second):
            print("two builds of one commit differ:", *sorted(set(sums(first)) ^ set(sums(second))), sep="\n")
            return 1
        dist.mkdir(exist_ok=True)
        for old in dist.iterdir():
            old.unlink()
        for file in first:
            file.rename(dist / file.name)
        wheel = next(dist.glob("*.whl"))
        listed = write_bill(wheel, wheel.with_suffix(".cdx.json"), Path(scratch))
    files = sorted(dist.iterdir())
    (dist / "SHA256SUMS").write_text("".join(sums(files)))
    print(f"built twice, the same bytes; {listed} components\n{(dist / 'SHA256SUMS').read_text()}", end="")
    return 0


def built(folder: Path) -> list[Path]:
    """Return the wheel and the sdist, built into a folder."""
    time = run("git", "-C", str(ROOT), "log", "-1", "--format=%ct").strip()
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env={**os.environ, "SOURCE_DATE_EPOCH": time})
    return sorted(folder.iterdir())


def sums(files: list[Path]) -> list[str]:
    """Return the lines that `sha256sum --check` reads."""
    return [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in files]


def write_bill(wheel: Path, bill: Path, scratch: Path) -> int:
    """Write the bill of materials of the wheel and all that it needs, and return how many components it names."""
    env = scratch / "env"
    venv.create(env)
    pip = (sys.executable, "-m", "pip", "--python", str(env / "bin" / "python"), "install", "--quiet", "--no-deps")
    run(*pip, "--require-hashes", "--requirement", str(ROOT / "requirements.lock"))
    run(*pip, str(wheel))
    about = ("--pyproject", str(ROOT / "pyproject.toml"), "--mc-type", "application", "--output-reproducible")
    run(
        sys.executable,
        "-m",
        "cyclonedx_py",
        "environment",
        *about,
        "--output-file",
        str(bill),
        str(env / "bin" / "python"),
    )
    made = json.loads(bill.read_text("utf-8"))
    # pharmcheck is the subject of the bill, and no part of itself
    made["components"] = [part for part in made["components"] if part["name"] != "pharmcheck"]
    bill.write_text(json.dumps(made, indent=2, ensure_ascii=False, sort_keys=True) + "\n", "utf-8")
    return len(made["components"])


def run(*command: str) -> str:
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


if __name__ == "__main__":
    sys.exit(main())
