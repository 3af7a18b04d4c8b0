"""Reading the tags of a part from the first to the last, for names and kinds that do not fit."""

from collections.abc import Iterator, Sequence

import jinja2
from jinja2 import nodes

from lkt.report.checks import TOO_DEEP, probe
from lkt.report.lint.complaints import spelled, unprintable
from lkt.report.lint.expressions import Expressions, bound, loop_kind
from lkt.report.lint.kinds import LIST, UNKNOWN, Kind
from lkt.report.lint.scope import Scope
from lkt.report.mistakes import Mistake
from lkt.report.sandbox import TemplateEnvironment
from lkt.report.tags import Tag


def check_fields(tags: Sequence[Tag], env: TemplateEnvironment, top: Kind) -> Iterator[Mistake]:
    """Yield what is wrong with the names and kinds of a part, also where its loops are not all closed.

    Args:
        tags: all tags of the part, in order; those that cannot be parsed are passed over.
        env: parses them.
        top: the fields there are.
    """
    trees = {tag.written: _parsed(tag, env) for tag in tags}
    scope = Scope(top, _loops(tags, trees))
    for tag in tags:
        complaints: list[str] = []
        try:
            _Walk(scope, complaints).read(tag, trees[tag.written])
        except RecursionError:  # Jinja reads a sum of hundreds one by one, and nests them
            complaints.append(TOO_DEEP)
        yield from map(tag.problem, dict.fromkeys(complaints))


def _parsed(tag: Tag, env: TemplateEnvironment) -> list[nodes.Node]:
    """What a tag alone consists of; nothing where it cannot be read."""
    if tag.keyword in ("else", "endif", "endfor"):
        return []
    try:
        return list(env.parse(probe(tag)).body)
    except (jinja2.TemplateSyntaxError, RecursionError, ValueError):  # the last for a number of 4301 digits
        return []


def _loops(tags: Sequence[Tag], trees: dict[str, list[nodes.Node]]) -> dict[str, str]:
    """The name of the items of each loop -> the loop as it is written, its scope left out."""
    return {
        node.target.name: f"{{% {tag.body} %}}"
        for tag in tags
        for node in trees[tag.written]
        if isinstance(node, nodes.For) and isinstance(node.target, nodes.Name)
    }


class _Walk:
    """One tag; what it finds is put into ``complaints``."""

    def __init__(self, scope: Scope, complaints: list[str]) -> None:
        self.scope = scope
        self.complain = complaints.append
        self.kind = Expressions(scope, self.complain).kind

    def read(self, tag: Tag, body: list[nodes.Node]) -> None:
        """Check a tag, and go in and out of loops."""
        if tag.keyword == "endfor":
            self.scope.leave()
        elif tag.keyword == "for" and not body:
            self.scope.enter(_guessed(tag))
        for node in body:
            self._statement(node)

    def _statement(self, node: nodes.Node) -> None:
        match node:
            case nodes.For():
                self._loop(node)
            case nodes.If():
                self.kind(node.test)
            case nodes.Assign():
                kind = self.kind(node.node)
                for name, each in bound(node.target, kind).items():
                    self.scope.bind(name, each)
            case nodes.Output():
                self._output(node)

    def _output(self, output: nodes.Output) -> None:
        for node in output.nodes:
            if not isinstance(node, nodes.TemplateData):
                complaint = unprintable(self.kind(node), node)
                if complaint:
                    self.complain(complaint)

    def _loop(self, loop: nodes.For) -> None:
        kind = self.kind(loop.iter)
        if kind.word not in ("", LIST):
            self.complain(
                f"{spelled(loop.iter)} adalah {kind.word}, bukan daftar; {{% for %}} memerlukan daftar."
            )
        item = kind.item or UNKNOWN
        self.scope.enter({"loop": loop_kind(item), **bound(loop.target, item)})
        if loop.test is not None:
            self.kind(loop.test)


def _guessed(tag: Tag) -> dict[str, Kind]:
    """The names of a loop that cannot be read: all words before «in»."""
    words = tag.body.partition(" in ")[0].replace(",", " ").split()[1:]
    return dict.fromkeys((*words, "loop"), UNKNOWN)
