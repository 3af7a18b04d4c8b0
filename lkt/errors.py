"""The errors a caller can act on; everything else that is raised is a bug."""


class LktError(Exception):
    """Expected trouble: its message tells the operator, in Indonesian, what happened and what to do.

    Args:
        message: what happened, one sentence.
        hint: what to do about it; may be empty.
    """

    exit_code = 2

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UnreadableWorkbookError(LktError):
    """The file is not a workbook that can be read: missing, locked, encrypted, another format."""


class ListedError(LktError):
    """A file has mistakes, all of which are told at once.

    Attributes:
        mistakes: each mistake; as text it names its place.
        problems: these texts.
    """

    def __init__(self, message: str, mistakes: tuple[object, ...] = (), hint: str = "") -> None:
        super().__init__(message, hint)
        self.mistakes = mistakes
        self.problems = tuple(map(str, mistakes))


class TemplateError(ListedError):
    """The Word template has mistakes, each with its place in the document."""


class RosterError(ListedError):
    """The list of desa has mistakes, each with its line."""


class OutputError(LktError):
    """An output file cannot be written, or would replace something that is the user's."""


class OpenElsewhereError(OutputError):
    """An output file cannot be replaced since another program holds it."""


class TakenError(OutputError):
    """A file of that name is there already, and may not be replaced."""
