"""One XML part of a template: compiled once, rendered to a tree as often as wanted."""

import traceback
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import CodeType

import jinja2
from jinja2 import nodes
from lxml import etree

from lkt.bytecode import cached
from lkt.errors import LktError, TemplateError
from lkt.report.blocks import check_pairs, lift
from lkt.report.budget import NAME, Budget, limited
from lkt.report.checks import TOO_DEEP, check_statements, check_tags, check_tree, suggestion
from lkt.report.closing import mark_closing_rows
from lkt.report.fields import used_fields
from lkt.report.lint.kinds import Known
from lkt.report.lint.walk import check_fields
from lkt.report.mistakes import Mistake
from lkt.report.places import find_places
from lkt.report.sandbox import TemplateEnvironment, UnknownFieldError
from lkt.report.source import Source, jinja_source
from lkt.report.tags import Tag, extract
from lkt.report.values import ValueProblemError
from lkt.report.wordml import PI, Element, UnreadablePartError, parse

_EXPECTED = (
    jinja2.TemplateError,
    LktError,
    TypeError,
    ValueError,
    ArithmeticError,
    LookupError,
    AttributeError,
)
_LOCATED = ("rujuk", "daftar_isi", "daftar_tabel", "daftar_gambar")  # fail after the text is written
_LIMITED = "2"  # how the code writes and spends its budget; code kept by an earlier lkt would not
_PARAGRAPH_ID = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"
_TEXT_ID = "{http://schemas.microsoft.com/office/word/2010/wordml}textId"


@dataclass(frozen=True)
class Part:
    """A compiled part.

    Args:
        name: its name in the package.
        label: what the user calls it.
        source: its Jinja source, which knows the tags by their lines.
        template: the same, compiled.
    """

    name: str
    label: str
    source: Source
    template: jinja2.Template

    @property
    def fields(self) -> frozenset[str]:
        """The fields it uses."""
        return used_fields(self.template.environment.parse(self.source.text))

    def render(self, variables: Mapping[str, object]) -> Element:
        """The part filled in.

        Raises:
            TemplateError: with the place of the tag that could not be filled.
        """
        try:
            text = self._text(variables)
        except _EXPECTED as exc:
            raise self.failure(_line_of(exc, self.template), _explain(exc, variables)) from exc
        try:
            return parse(text.encode())
        except UnreadablePartError as exc:
            raise TemplateError(f"Hasil {self.label} bukan XML yang benar ({exc.reason}).") from exc

    def _text(self, variables: Mapping[str, object]) -> str:
        budget = Budget()
        return budget.joined(self.template.generate({**variables, NAME: budget}))

    def failure(self, line: int, reason: str) -> TemplateError:
        """The error of the tag on that line of the source."""
        tag = self.source.tag_at(line)
        problem = tag.problem(reason) if tag else Mistake(self.label, "", reason)
        problem = replace(problem, part=self.name)
        return TemplateError(
            f"Templat tidak dapat diisi. {problem}", (problem,), "Perbaiki di Word, lalu jalankan lagi."
        )


@dataclass(frozen=True)
class Outcome:
    """What became of a part.

    Args:
        part: the compiled part; None where there are mistakes.
        tags: its tags.
        mistakes: what is wrong with it.
    """

    part: Part | None
    tags: list[Tag]
    mistakes: list[Mistake]


def compile_part(
    name: str,
    label: str,
    root: Element,
    headings: frozenset[str],
    env: TemplateEnvironment,
    fields: Known | None = None,
) -> Outcome:
    """Compile a part; with ``fields`` its names and kinds are checked against them too."""
    _strip(root)
    tags, problems = extract(root, find_places(root, label, headings))
    structure = [*lift(tags), *check_pairs(tags)]
    if problems or structure or any(check_statements(tags)):
        found = [*problems, *check_tags(tags, env), *structure, *_misfits(tags, env, fields)]
        return Outcome(None, tags, _placed(found, name))
    mark_closing_rows(root, tags)
    source = jinja_source(root, tags)
    key = f"{_LIMITED} {name} {fields.key()}" if fields else f"{_LIMITED} {name}"
    try:
        code = cached(env, key, source.text, lambda: _compile(name, source, env, fields))
    except _MistakesError as mistakes:
        return Outcome(None, tags, _placed(mistakes.mistakes, name))
    return Outcome(Part(name, label, source, jinja2.Template.from_code(env, code, env.globals)), tags, [])


def _misfits(tags: Sequence[Tag], env: TemplateEnvironment, fields: Known | None) -> Iterator[Mistake]:
    return check_fields(tags, env, fields.kinds()) if fields else iter(())


def _placed(mistakes: Sequence[Mistake], part: str) -> list[Mistake]:
    return [replace(mistake, part=part) for mistake in mistakes]


class _MistakesError(Exception):
    """A part has mistakes that only its whole source shows."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        super().__init__()
        self.mistakes = mistakes


def _compile(name: str, source: Source, env: TemplateEnvironment, fields: Known | None) -> CodeType:
    try:
        tree = env.parse(source.text)
        mistakes = [*check_tree(tree, source, env), *_misfits(source.tags, env, fields)]
        if mistakes:
            raise _MistakesError(mistakes)
        _settle_references(tree, source)
        limited(tree)
        return env.compile(tree, name, f"<{name}>")
    except (SyntaxError, RecursionError, MemoryError) as exc:  # of Python, that cannot nest so deep
        raise _MistakesError([Mistake(name, "", TOO_DEEP)]) from exc
    except jinja2.TemplateSyntaxError as exc:
        tag = source.tag_at(exc.lineno)
        reason = "nama ini tidak boleh dipakai di sini."
        last = tag.problem(reason) if tag else Mistake(name, "", reason)
        single = [*check_tags(source.tags, env)] or [last]
        raise _MistakesError([*single, *_misfits(source.tags, env, fields)]) from exc


def _strip(root: Element) -> None:
    """Drop what a loop would repeat though it must be unique, and what could be taken for a tag of ours."""
    etree.strip_attributes(root, _PARAGRAPH_ID, _TEXT_ID)
    etree.strip_elements(root, PI, with_tail=False)


def _settle_references(tree: nodes.Template, source: Source) -> None:
    """Tell references their lines; a caption in the old copy of a text box becomes a reference to itself."""
    for call in tree.find_all(nodes.Call):
        assert isinstance(call.node, nodes.Name)
        tag = source.tag_at(call.lineno)
        if tag and tag.in_fallback and call.node.name in ("tabel", "gambar"):
            call.node.name = "rujuk"
            del call.args[1:]
            call.kwargs = [item for item in call.kwargs if item.key == "key"]
        if call.node.name in _LOCATED:
            line = nodes.Const(call.lineno, lineno=call.lineno, environment=tree.environment)
            call.kwargs.append(nodes.Keyword("line", line, lineno=call.lineno, environment=tree.environment))


def _line_of(exc: Exception, template: jinja2.Template) -> int:
    frames = traceback.walk_tb(exc.__traceback__)
    return next((line for frame, line in frames if frame.f_code.co_filename == template.filename), 0)


def _explain(exc: Exception, variables: Mapping[str, object]) -> str:
    match exc:
        case UnknownFieldError(name=str(name)):
            return f"nama «{name}» tidak dikenal.{suggestion(name, exc.known(variables))}"
        case UnknownFieldError():
            return "bagian yang diminta tidak ada, misalnya karena daftarnya kosong."
        case ValueProblemError(message=str(message)) | LktError(message=message):
            return message
        case _:
            return "tidak dapat dihitung; periksa jenis dan jumlah isian yang dipakai."
