"""Pictures put into a workbook as Excel 365, WPS and older programs store them, part by part."""

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from lxml import etree
from openpyxl.utils.cell import coordinate_to_tuple

from tests.packages import OFFICE as _R
from tests.packages import Parts, relate, unzipped, zipped

_S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_XDR = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_RICH = "http://schemas.microsoft.com/office/spreadsheetml/2017/richdata"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def _sheet(parts: Parts, name: str) -> str:
    book = etree.fromstring(parts["xl/workbook.xml"])
    rels = etree.fromstring(parts["xl/_rels/workbook.xml.rels"])
    targets = {rel.get("Id"): rel.get("Target", "") for rel in rels}
    number = next(each.get(f"{{{_R}}}id") for each in book.iter(f"{{{_S}}}sheet") if each.get("name") == name)
    return str(PurePosixPath("xl") / targets[number].removeprefix("/xl/"))


def _put_cell(parts: Parts, address: str, cell: str) -> None:
    """Write one cell in XML in the place of what stands there."""
    name, _, place = address.partition("!")
    part = _sheet(parts, name)
    root = etree.fromstring(parts[part])
    number, _ = coordinate_to_tuple(place)
    row: Any = next(each for each in root.iter(f"{{{_S}}}row") if each.get("r") == str(number))
    others = [each for each in row if each.get("r") != place]
    fresh = etree.fromstring(f'<c xmlns="{_S}" r="{place}" {cell}')
    row[:] = sorted([*others, fresh], key=lambda each: coordinate_to_tuple(each.get("r"))[1])
    parts[part] = etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def in_excel_cells(data: bytes, pictures: Mapping[str, bytes]) -> bytes:
    """Place in Cell: each address, such as Kegiatan!E2, shows a picture.

    As Excel writes it beside dynamic arrays (XLDAPR) and with a rich value of another type first.
    """
    parts = unzipped(data)
    count = len(pictures)
    micro = "http://schemas.microsoft.com/office"
    for number, (address, picture) in enumerate(pictures.items(), start=1):
        parts[f"xl/media/image{number}.jpeg"] = picture
        relate(parts, "xl/richData/richValueRel.xml", "image", f"../media/image{number}.jpeg")
        _put_cell(parts, address, f't="e" vm="{number}"><v>#VALUE!</v></c>')
    relations = "".join(f'<rel r:id="rIdP{number}"/>' for number in range(1, count + 1))
    values = "".join(f'<rv s="1"><v>{number}</v><v>5</v></rv>' for number in range(count))
    blocks = "".join(
        f'<bk><extLst><ext uri="{{3e2802c4-a4d2-4d8b-9148-e3be6c30e623}}"><xlrd:rvb i="{number}"/></ext>'
        "</extLst></bk>"
        for number in range(1, count + 1)
    )
    described = "".join(f'<bk><rc t="2" v="{number}"/></bk>' for number in range(count))
    new = {
        "xl/metadata.xml": f'<metadata xmlns="{_S}" xmlns:xlrd="{_RICH}"><metadataTypes count="2">'
        '<metadataType name="XLDAPR" minSupportedVersion="120000" cellMeta="1"/>'
        '<metadataType name="XLRICHVALUE" minSupportedVersion="120000"/></metadataTypes>'
        f'<futureMetadata name="XLDAPR" count="1"><bk/></futureMetadata>'
        f'<futureMetadata name="XLRICHVALUE" count="{count}">{blocks}</futureMetadata>'
        '<cellMetadata count="1"><bk><rc t="1" v="0"/></bk></cellMetadata>'
        f'<valueMetadata count="{count}">{described}</valueMetadata></metadata>',
        "xl/richData/rdrichvalue.xml": f'<rvData xmlns="{_RICH}" count="{count + 1}">'
        f'<rv s="0"><v>8</v><v>1</v></rv>{values}</rvData>',
        "xl/richData/rdrichvaluestructure.xml": f'<rvStructures xmlns="{_RICH}" count="2">'
        '<s t="_error"><k n="errorType" t="i"/><k n="subType" t="i"/></s>'
        '<s t="_localImage"><k n="_rvRel:LocalImageIdentifier" t="i"/><k n="CalcOrigin" t="i"/></s>'
        "</rvStructures>",
        "xl/richData/richValueRel.xml": f'<richValueRels xmlns="{micro}/spreadsheetml/2022/richvaluerel" '
        f'xmlns:r="{_R}">{relations}</richValueRels>',
    }
    parts |= {name: (_HEAD + xml).encode() for name, xml in new.items()}
    relate(parts, "xl/workbook.xml", "sheetMetadata", "metadata.xml")
    for kind, target in (
        ("2017/06/relationships/rdRichValue", "rdrichvalue"),
        ("2017/06/relationships/rdRichValueStructure", "rdrichvaluestructure"),
        ("2022/10/relationships/richValueRel", "richValueRel"),
    ):
        relate(parts, "xl/workbook.xml", f"{micro}/{kind}", f"richData/{target}.xml")
    return zipped(_typed(parts))


def in_wps_cells(data: bytes, pictures: Mapping[str, bytes]) -> bytes:
    """The same by WPS: a formula DISPIMG with the name of a picture."""
    parts = unzipped(data)
    entries = ""
    for number, (address, picture) in enumerate(pictures.items(), start=1):
        name = f"ID_{number:032X}"
        parts[f"xl/media/image{number}.jpeg"] = picture
        relation = relate(parts, "xl/cellimages.xml", "image", f"media/image{number}.jpeg")
        formula = f"_xlfn.DISPIMG(&quot;{name}&quot;,1)"
        _put_cell(parts, address, f't="str"><f>{formula}</f><v>=DISPIMG(&quot;{name}&quot;,1)</v></c>')
        entries += (
            f'<etc:cellImage><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="{number}" name="{name}" descr="IMG"/>'
            f'<xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill><a:blip r:embed="{relation}"/></xdr:blipFill>'
            "<xdr:spPr/></xdr:pic></etc:cellImage>"
        )
    parts["xl/cellimages.xml"] = (
        f'{_HEAD}<etc:cellImages xmlns:xdr="{_XDR}" xmlns:r="{_R}" xmlns:a="{_A}" '
        f'xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData">{entries}</etc:cellImages>'
    ).encode()
    relate(parts, "xl/workbook.xml", "http://www.wps.cn/officeDocument/2020/cellImage", "cellimages.xml")
    return zipped(_typed(parts))


def picture_xml(relation: str = "rIdP1", extension: str = "") -> str:
    """A picture of a drawing."""
    return (
        '<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="Picture 1"/><xdr:cNvPicPr/></xdr:nvPicPr>'
        f'<xdr:blipFill><a:blip r:embed="{relation}">{extension}</a:blip></xdr:blipFill><xdr:spPr/></xdr:pic>'
    )


def _from(column: int, row: int, offset: int) -> str:
    return (
        f"<xdr:from><xdr:col>{column - 1}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{row - 1}</xdr:row>"
        f"<xdr:rowOff>{offset}</xdr:rowOff></xdr:from>"
    )


def one_cell(column: int, row: int, offset: int = 0, height: int = 9525, what: str = "") -> str:
    """An anchor with a size; offsets and sizes in EMU."""
    shown = what or picture_xml()
    size = f'<xdr:ext cx="9525" cy="{height}"/>'
    return (
        f"<xdr:oneCellAnchor>{_from(column, row, offset)}{size}{shown}<xdr:clientData/></xdr:oneCellAnchor>"
    )


def two_cells(column: int, row: int, last: int, offset: int = 0, what: str = "") -> str:
    """An anchor from one row to another."""
    to = _from(column + 1, last, 9525).replace("from>", "to>")
    shown = what or picture_xml()
    return f"<xdr:twoCellAnchor>{_from(column, row, offset)}{to}{shown}<xdr:clientData/></xdr:twoCellAnchor>"


def absolute(top: int) -> str:
    """An anchor at a distance from the top of the sheet."""
    place = f'<xdr:pos x="0" y="{top}"/><xdr:ext cx="9525" cy="9525"/>'
    return f"<xdr:absoluteAnchor>{place}{picture_xml()}<xdr:clientData/></xdr:absoluteAnchor>"


def floating(data: bytes, sheet: str, anchors: str, pictures: tuple[bytes, ...]) -> bytes:
    """A drawing on a sheet whose pictures are rIdP1, rIdP2, …"""
    parts = unzipped(data)
    for number, picture in enumerate(pictures, start=1):
        parts[f"xl/media/image{number}.jpeg"] = picture
        relate(parts, "xl/drawings/drawing1.xml", "image", f"../media/image{number}.jpeg")
    parts["xl/drawings/drawing1.xml"] = (
        f'{_HEAD}<xdr:wsDr xmlns:xdr="{_XDR}" xmlns:a="{_A}" xmlns:r="{_R}">{anchors}</xdr:wsDr>'
    ).encode()
    part = _sheet(parts, sheet)
    relation = relate(parts, part, "drawing", "../drawings/drawing1.xml")
    mark = f'<drawing xmlns:r="{_R}" r:id="{relation}"/></worksheet>'
    parts[part] = parts[part].replace(b"</worksheet>", mark.encode())
    return zipped(_typed(parts))


def _typed(parts: Parts) -> Parts:
    types = (
        b'<Default Extension="jpeg" ContentType="image/jpeg"/>'
        b'<Override PartName="/xl/drawings/drawing1.xml" '
        b'ContentType="application/vnd.openxmlformats-officedocument.drawing+xml"/></Types>'
    )
    if "xl/drawings/drawing1.xml" not in parts:
        types = types[: types.index(b"<Override")] + b"</Types>"
    content = parts["[Content_Types].xml"].replace(b"</Types>", types)
    return parts | {"[Content_Types].xml": content}
