"""`python -m caseconsultant` is the command line."""

from caseconsultant.cli import main

main()
