"""Any Word template, filled in with Jinja; README.md beside this file says what for and shows how.

These are all the names that the rest of the program uses of templates: what one prints (``Field``,
``Catalogue``, ``Picture``, ``Chart`` …), filling it in (``compile_template``, ``Template``, ``number_pages``)
and checking it (``inspect_template``, ``annotated``). Word files as they are go through ``document.py``.
"""

from lkt.wordtemplate.contents import is_unnumbered, number_pages, on_paper
from lkt.wordtemplate.document import Properties
from lkt.wordtemplate.fields import Catalogue, Field, FieldEntry, Item, build
from lkt.wordtemplate.inspection import annotated, inspect_template
from lkt.wordtemplate.sandbox import FILTERS, FUNCTIONS
from lkt.wordtemplate.tags import Mistake
from lkt.wordtemplate.template import Inspection, Template, compile_template, print_tag
from lkt.wordtemplate.typesetting import Typography, typeset
from lkt.wordtemplate.values import (
    Chart,
    LabelPlace,
    Picture,
    Plot,
    Quotient,
    Scale,
    Series,
    StyledText,
    clean,
    colour_code,
)

__all__ = [
    "FILTERS",
    "FUNCTIONS",
    "Catalogue",
    "Chart",
    "Field",
    "FieldEntry",
    "Inspection",
    "Item",
    "LabelPlace",
    "Mistake",
    "Picture",
    "Plot",
    "Properties",
    "Quotient",
    "Scale",
    "Series",
    "StyledText",
    "Template",
    "Typography",
    "annotated",
    "build",
    "clean",
    "colour_code",
    "compile_template",
    "inspect_template",
    "is_unnumbered",
    "number_pages",
    "on_paper",
    "print_tag",
    "typeset",
]
