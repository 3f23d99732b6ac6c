"""`python -m pharmcheck`."""

from pharmcheck.cli import main

main(prog_name="pharmcheck")
