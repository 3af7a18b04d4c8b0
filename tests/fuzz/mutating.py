"""An Office file with a few things changed: its zip, its parts, their XML, and the tags in the text."""

import contextlib
import io
import random
import zipfile

from lxml import etree

from tests.fuzz import odd

Parts = list[tuple[str, bytes]]
Elements = list[etree._Element]
_MOST = 600_000  # bytes of an input: larger ones only cost time
_XML = (".xml", ".rels", ".vml")
_TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"


def unpacked(data: bytes) -> Parts:
    """The entries in their order; empty where it is no zip file."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > 8 * _MOST:
                return []
            return [(entry.filename, archive.read(entry)) for entry in entries]
    except Exception:  # noqa: BLE001 - a fuzzer's own input may be broken in any way
        return []


def packed(parts: Parts) -> bytes:
    """A zip file; an entry may come twice."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, data in parts:
            archive.NameToInfo.pop(name, None)  # or zipfile warns of the second
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def mutate_package(data: bytes, chance: random.Random) -> bytes:
    """A few changes, most of them to the XML, so that most inputs get far."""
    parts = unpacked(data)
    if not parts or chance.random() < 0.03:
        return mutate_bytes(data, chance)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
        if parts:
            (_mutate_xml if chance.random() < 0.9 else _mutate_entries)(parts, chance)
    result = packed(parts)
    return (mutate_bytes(result, chance) if chance.random() < 0.02 else result)[:_MOST]


def mutate_bytes(data: bytes, chance: random.Random) -> bytes:
    """Bytes flipped, cut out, doubled, or set to the values at which counters turn."""
    out = bytearray(data)
    for _ in range(chance.choice((1, 2, 8))):
        at = chance.randrange(len(out) + 1)
        length = chance.choice((1, 2, 4, 16, 200))
        match chance.randrange(5):
            case 0:
                del out[at : at + length]
            case 1:
                out[at:at] = out[at : at + length]
            case 2:
                out[at : at + length] = chance.choice((b"\0", b"\xff", b"\x7f", b"\x80", b"<", b"&")) * length
            case 3:
                out[at:at] = chance.randbytes(length)
            case _:
                del out[at + length * chance.randrange(1, 50) :]
    return bytes(out)


def _mutate_entries(parts: Parts, chance: random.Random) -> None:
    """An entry gone, doubled, under another name, with the content of another, or broken."""
    change, at = chance.randrange(5), chance.randrange(len(parts))
    (name, data), other = parts[at], chance.choice(parts)
    match change:
        case 0:
            del parts[at]
        case 1:
            parts.append(other)
        case 2:
            backslashed = name.replace("/", "\\")
            odd_names = (
                name.upper(),
                f"/{name}",
                backslashed,
                f"../{name}",
                "",
                "x" * 300,
                f"{name}/",
                "é\u202e",
            )
            parts[at] = (chance.choice((*odd_names, other[0])), data)
        case 3:
            parts[at] = (name, other[1])
        case _:
            recoded = data.decode("utf-8", "replace").replace("UTF-8", "UTF-16").encode("utf-16")
            half, marked = data[: len(data) // 2], b"\xef\xbb\xbf" + data
            parts[at] = (name, chance.choice((b"", half, recoded, mutate_bytes(data, chance), marked)))


# XML -----------------------------------------------------------------------------------------------------


def _mutate_xml(parts: Parts, chance: random.Random) -> None:
    places = [at for at, (name, _) in enumerate(parts) if name.endswith(_XML)]
    if not places:
        return
    at = chance.choice(places)
    name, data = parts[at]
    if len(data) > 4 * _MOST:
        return
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.LxmlError, ValueError):
        return
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    for _ in range(chance.choice((1, 1, 2, 4))):
        with contextlib.suppress(ValueError, TypeError, etree.LxmlError):  # what XML forbids is no change
            chance.choice(_XML_CHANGES)(elements, chance)
    parts[at] = (name, etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _any_value(chance: random.Random) -> str:
    return chance.choice(
        chance.choice((odd.NUMBERS, odd.NUMBERS, odd.TEXTS, odd.PLACES, odd.FORMATS, odd.FORMULAS))
    )


def _with_attributes(elements: Elements, chance: random.Random) -> tuple[etree._Element, str]:
    """An element that has attributes, where there is one, and the name of one of them."""
    element = chance.choice([each for each in elements if each.attrib] or elements)
    return element, str(chance.choice(list(element.attrib) or ["x"]))


def _attribute(elements: Elements, chance: random.Random) -> None:
    element, key = _with_attributes(elements, chance)
    element.set(key, _any_value(chance))


def _borrow_attribute(elements: Elements, chance: random.Random) -> None:
    """The value that the same attribute has elsewhere: two ids alike, a style of another cell."""
    element, key = _with_attributes(elements, chance)
    element.set(key, chance.choice([each.get(key, "") for each in elements if key in each.attrib] or [""]))


def _new_attribute(elements: Elements, chance: random.Random) -> None:
    names = (
        "r",
        "s",
        "t",
        "vm",
        "cm",
        "ht",
        "hidden",
        "ref",
        "si",
        "count",
        "id",
        "name",
        "sheetId",
        "date1904",
    )
    chance.choice(elements).set(chance.choice(names), _any_value(chance))


def _no_attribute(elements: Elements, chance: random.Random) -> None:
    element, _ = _with_attributes(elements, chance)
    for key in list(element.attrib)[: chance.choice((1, 9))]:
        del element.attrib[key]


def _text(elements: Elements, chance: random.Random) -> None:
    chance.choice([each for each in elements if each.text] or elements).text = _any_value(chance)


def _exchange_text(elements: Elements, chance: random.Random) -> None:
    one, other = chance.choice(elements), chance.choice(elements)
    one.text, other.text = other.text, one.text


def _remove(elements: Elements, chance: random.Random) -> None:
    element = chance.choice(elements)
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _empty(elements: Elements, chance: random.Random) -> None:
    element = chance.choice(elements)
    for child in list(element):
        element.remove(child)


def _copy(elements: Elements, chance: random.Random) -> None:
    """The element once more, or many times, behind itself or elsewhere."""
    element, target = chance.choice(elements), chance.choice(elements)
    written = etree.tostring(element, with_tail=False)
    if len(written) > 20_000:
        return
    for _ in range(chance.choice((1, 1, 2, 30))):
        double = etree.fromstring(written)
        if chance.random() < 0.6 and element.getparent() is not None:
            element.addnext(double)
        else:
            target.append(double)


def _move(elements: Elements, chance: random.Random) -> None:
    element, target = chance.choice(elements), chance.choice(elements)
    if element not in target.iterancestors() and element is not target and element.getparent() is not None:
        target.insert(chance.randrange(len(target) + 1), element)


def _rename_element(elements: Elements, chance: random.Random) -> None:
    chance.choice(elements).tag = chance.choice((chance.choice(elements).tag, "x", "{urn:x}x"))


def _nest(elements: Elements, chance: random.Random) -> None:
    """A tower of one element in itself."""
    element = chance.choice(elements)
    for _ in range(chance.choice((3, 40, 200))):
        element = etree.SubElement(element, element.tag)


def _aside(elements: Elements, chance: random.Random) -> None:
    """Comments and instructions where nobody writes them."""
    element = chance.choice(elements)
    node = chance.choice((etree.Comment("x"), etree.ProcessingInstruction("x", "y")))
    node.tail = element.text
    element.text = None
    element.insert(0, node)


def _tag(elements: Elements, chance: random.Random) -> None:
    """A tag of the template language in a text of Word, in place of it, inside it, or behind it."""
    element = chance.choice([each for each in elements if each.tag == _TEXT] or elements)
    old = element.text or ""
    at = chance.randrange(len(old) + 1)
    tag = chance.choice(odd.TAGS)
    tag = tag.replace(chance.choice(("kecamatan", "sasaran")), chance.choice(odd.EXPRESSIONS))
    element.text = chance.choice((tag, old[:at] + tag + old[at:], old + tag, tag + old))


def _exchange_words(elements: Elements, chance: random.Random) -> None:
    """A word of one text in another: other fields, filters and keywords in the tags."""
    texts = [each for each in elements if each.tag == _TEXT and each.text]
    if texts:
        element = chance.choice(texts)
        words, others = (element.text or "").split(" "), (chance.choice(texts).text or "").split(" ")
        words[chance.randrange(len(words))] = chance.choice(others)
        element.text = " ".join(words)


def _split(elements: Elements, chance: random.Random) -> None:
    """A text in two runs, as Word cuts it when somebody edits."""
    texts = [each for each in elements if each.tag == _TEXT and len(each.text or "") > 1]
    if not texts:
        return
    element = chance.choice(texts)
    text, run = element.text or "", element.getparent()
    if run is not None and run.getparent() is not None:
        at = chance.randrange(1, len(text))
        second = etree.fromstring(etree.tostring(run, with_tail=False))
        element.text = text[:at]
        for each in second.iter(_TEXT):
            each.text = text[at:]
        run.addnext(second)


_XML_CHANGES = (
    _attribute, _attribute, _attribute, _attribute, _borrow_attribute, _new_attribute, _no_attribute,
    _text, _text, _text, _exchange_text, _remove, _remove, _empty, _copy, _copy, _move,
    _rename_element, _nest, _aside, _tag, _tag, _tag, _exchange_words, _exchange_words, _split,
)  # fmt: skip
