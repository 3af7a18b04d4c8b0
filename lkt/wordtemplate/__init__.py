"""Any Word template, filled in with Jinja; README.md beside this file says what for and shows how.

These are the names that a program needs. ``lkt.wordtemplate.document`` is for those who read Word files too.
"""

from lkt.wordtemplate.chart_labels import ROOM_MM, Label, breakable, fit, shortened
from lkt.wordtemplate.check import LIST, TEXT, Catalogue, ValueKind, all_kinds, kinds_of
from lkt.wordtemplate.contents import is_unnumbered, number_pages, on_paper
from lkt.wordtemplate.document import Properties
from lkt.wordtemplate.inspection import annotated, inspect_template
from lkt.wordtemplate.sandbox import FILTERS, FUNCTIONS
from lkt.wordtemplate.tags import Mistake
from lkt.wordtemplate.template import Inspection, Template, compile_template, print_tag
from lkt.wordtemplate.values import (
    Chart,
    Field,
    Item,
    LabelPlace,
    Picture,
    Plot,
    RichValue,
    Series,
    build,
    clean,
    paths,
)

__all__ = [
    "FILTERS",
    "FUNCTIONS",
    "LIST",
    "ROOM_MM",
    "TEXT",
    "Catalogue",
    "Chart",
    "Field",
    "Inspection",
    "Item",
    "Label",
    "LabelPlace",
    "Mistake",
    "Picture",
    "Plot",
    "Properties",
    "RichValue",
    "Series",
    "Template",
    "ValueKind",
    "all_kinds",
    "annotated",
    "breakable",
    "build",
    "clean",
    "compile_template",
    "fit",
    "inspect_template",
    "is_unnumbered",
    "kinds_of",
    "number_pages",
    "on_paper",
    "paths",
    "print_tag",
    "shortened",
]
