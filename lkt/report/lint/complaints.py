"""What is said of a value that does not fit where it is used."""

from jinja2 import nodes

from lkt.report.lint.filters import taken, wants_texts
from lkt.report.lint.hints import loops_over
from lkt.report.lint.kinds import GROUP, LIST, NUMBER, PICTURE, TRUTH, Kind

NUMBERING = Kind("nomor atau rujukan")
ALONE = "gambar, nomor, dan rujukan harus berdiri sendiri dalam tagnya; jangan digabung atau disaring."


def rich(kind: Kind) -> bool:
    """Whether a value must stand alone in its tag."""
    return kind.word in (PICTURE.word, NUMBERING.word)


def misfit(kind: Kind, node: nodes.Filter) -> str:
    """Why a filter cannot take a value of that kind; empty when it can."""
    assert node.node is not None
    wanted = taken(node.name)
    if rich(kind):
        return ALONE
    if wanted and kind.word not in wanted:
        words = " atau ".join(sorted(wanted))
        return (
            f"penyaring «{node.name}» memerlukan {words}, sedangkan {spelled(node.node)} adalah {kind.word}."
        )
    if wants_texts(node.name) and kind.item and kind.item.word in (GROUP, NUMBER.word):
        part = next(iter(kind.item.fields), "nama")
        return (
            f"penyaring «{node.name}» memerlukan daftar teks; pilih satu bagian setiap butir, misalnya "
            f'map(attribute="{part}")|{node.name}.'
        )
    return ""


def inside_a_list(kind: Kind, spelling: str, name: str) -> str:
    """The complaint about a part that is asked of a whole list."""
    loops, variable = loops_over(kind.path or "daftar")
    if kind.item and name in kind.item.fields:
        return f"{spelling} adalah daftar; pakai {variable}.{name} di dalam {loops}."
    return f"{spelling} adalah daftar; bagian setiap butirnya dipakai di dalam {loops}."


def unprintable(kind: Kind, node: nodes.Node) -> str:
    """Why a value of that kind cannot be printed; empty when it can."""
    spelling = spelled(node)
    plain = spelling.strip("«»") if spelling.startswith("«") else "…"
    if kind.word == TRUTH.word:
        return f"{spelling} bernilai ya atau tidak; pakai di dalam {{% if {plain} %}}."
    if kind.word == GROUP:
        first = next(iter(kind.fields), "…")
        example = f"{{{{ {plain}.{first} }}}}"
        return f"{spelling} adalah kelompok isian; sebut salah satu bagiannya, misalnya {example}."
    if kind.word != LIST:
        return ""
    if kind.item and kind.item.fields:
        loops, variable = loops_over(kind.path or plain)
        first = next(iter(kind.item.fields))
        return f"{spelling} adalah daftar; pakai {loops}, lalu misalnya {{{{ {variable}.{first} }}}}."
    return f"{spelling} adalah daftar; pakai {{{{ {plain}|daftar }}}}, atau {{% for %}} satu demi satu."


def spelled(node: nodes.Node) -> str:
    """An expression as the user wrote it, where it is a name; else "isi tag ini"."""
    name = _dotted(node)
    return f"«{name}»" if name else "isi tag ini"


def _dotted(node: nodes.Node) -> str:
    match node:
        case nodes.Name():
            return node.name
        case nodes.Getattr():
            base = _dotted(node.node)
            return base and f"{base}.{node.attr}"
        case _:
            return ""
