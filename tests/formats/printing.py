"""What a view prints."""

import io
import re

from lkt.formats.screen import View, print_view


def printed(view: View) -> str:
    """As it goes to a pipe."""
    stream = io.StringIO()
    print_view(view, stream)
    return stream.getvalue()


class Terminal(io.StringIO):
    """A stream that says it is a terminal; its width is that of the variable COLUMNS."""

    def isatty(self) -> bool:
        return True

    @property
    def lines(self) -> list[str]:
        """What is seen on it, without colours."""
        return re.sub(r"\x1b\[[0-9;]*m", "", self.getvalue()).splitlines()
