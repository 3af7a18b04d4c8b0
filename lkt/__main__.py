"""``python -m lkt``."""

from lkt.cli import main

main()
