"""Build the wheel, install it into an empty environment, and check a recorded site with nothing but it.

Run by `make wheel`. Fails when data files (registries, phrases, medicines, weights, templates) are not inside.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
INSIDE = (
    "pharmcheck/registries_data/cz-sukl/registry.toml",
    "pharmcheck/registries_data/cz-sukl/list.csv",
    "pharmcheck/reading/phrases/prescription.toml",
    "pharmcheck/reading/medicines.csv",
    "pharmcheck/weights.toml",
    "pharmcheck/law.csv",
    "pharmcheck/report/schema.json",
    "pharmcheck/py.typed",
    "pharmcheck/report/templates/article.html.j2",
    "pharmcheck/web/templates/page.html.j2",
    "pharmcheck/web/static/site.js",
    "pharmcheck/web/locale/de.po",
    "pharmcheck/web/locale/countries.csv",
)


def main() -> int:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        run(sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", str(folder), str(ROOT))
        wheel = next(folder.glob("*.whl"))
        missing = set(INSIDE) - set(zipfile.ZipFile(wheel).namelist())
        if missing:
            print("not in the wheel:", *sorted(missing))
            return 1
        venv.create(folder / "env", with_pip=True)
        python = folder / "env" / "bin" / "python"
        run(str(python), "-m", "pip", "install", "--quiet", str(wheel))
        cassette = sorted((ROOT / "cassettes").glob("*.warc.gz"))[0]
        for arguments in (
            ["--version"],
            ["registries"],
            ["registries", "lookup", "shop.example"],
            ["check", "--replay", str(cassette), "--format", "json"],
        ):
            command = [str(folder / "env" / "bin" / "pharmcheck"), *arguments]
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
            if done.returncode not in (0, 10, 20, 30) or not done.stdout:
                print(*command, "failed:", done.returncode, done.stderr)
                return 1
        print(f"{wheel.name}: installed and checked a recorded site from an empty environment")
    return 0


def run(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main())
