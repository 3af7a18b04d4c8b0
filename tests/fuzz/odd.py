"""What nobody means to write: values that readers have stumbled over, each with a reason to be here."""

NUMBERS = (
    "", " ", "-1", "0", "1", "00", "+1", "1.5", "-0.0", "1e5", "1e308", "1e999", "-1e999", "1E-400", "nan", "NaN",
    "inf", "-Infinity", "0x10", "1_000", "²", "٣", "½", "2147483648", "4294967296", "99999999999999999999",
    "9" * 400, "9" * 5000, "-" + "9" * 5000, "2958465", "2958466", "60", "0.999999999999", "-0.5", "1048577",
)  # fmt: skip
TEXTS = (
    "true", "TRUE", "s", "n", "str", "inlineStr", "d", "e", "b", "x" * 40_000, "_xD800_", "_x0000_", "_x000D_",
    "\u202e1", "\ufeff", "\ufffe", "\U0001f600", "#REF!", "#N/A", "=1+1", "Rp1.000.000,50", "1.000.000", "1,5%",
    "31/02/2024", "2024-02-30T25:61:00", "29 Februari 2023", "13/13/2024", "0000-00-00", "9999-12-31", "00:00:60",
    "2024-01-01T00:00:00+99:99", "5 April 20244444444", "Triwulan 99999999999999999999", "A/B", "../../x", "file:///etc/passwd",
    "http://x/[", "//[", "{", "}}", "{{", "%", "%s", "{0}", "\\", "'", '"', "|", "\t", "\n", "\u2028", "-" * 2000, "(" * 2000,
)  # fmt: skip
PLACES = (
    "A0", "A1", "$A$1", "ZZZ1", "XFD1048576", "XFE1048577", "A9999999", "AAAA1", "1A", "a1", "A1:A1", "B2:A1",
    "A1:XFD1048576", "A:A", "1:1", "A1:B", ":", "A1 B2", "A1,B2", "Sheet!A1", "'x'!A1", "#REF!", "A1:A1:A1", "A-1",
)  # fmt: skip
FORMATS = (
    "General", "0%", "0.00%", "0" * 400, "[h]:mm", "[hhhh]:mm", "dd/mm/yyyy", "yyyy;;;", ";;;", '"', '"d', "\\d", "_d",
    "[$-421]d mmmm yyyy", "[Red]0", "[", "#,##0", "0.00E+00", "?/?", "@", "[>100]0%;0", "%" * 300, "*", "0.." + "0" * 300,
)  # fmt: skip
FORMULAS = (
    "", "=", "SUM(A1:A2)", "SUM(", "#REF!+1", "A1", '_xlfn.DISPIMG("ID_1",1)', "DISPIMG()", "(" * 1500, "A1" + "+A1" * 1500,
    "'" * 99, '"' * 99, "{1;2}", "Sheet!A1:XFD1048576", 'INDIRECT("A1")', "1E999", "[1]x!A1", "Anggaran[Pagu]", "1:1048576",
)  # fmt: skip
TAGS = (
    "{{", "}}", "{%", "%}", "{#", "#}", "{{ }}", "{{ x }}", "{{ identitas.kecamatan", "identitas.kecamatan }}", "{{ identitas.kecamatan }}", "{{ sasaran }}",
    "{{ identitas.kecamatan.x }}", "{{ identitas.kecamatan[0] }}", "{{ identitas.kecamatan[-1:9] }}", "{{ sasaran[10**9] }}", "{{ sasaran['x'] }}",
    "{{ 1/0 }}", "{{ 1 % 0 }}", "{{ 9**9**9 }}", "{{ 2**0.5 }}", "{{ -identitas.kecamatan }}", "{{ 'a' * 999999999 }}", "{{ [1]*999999999 }}",
    "{{ 'a' ~ 1 }}", "{{ 1 + 'a' }}", "{{ identitas.kecamatan() }}", "{{ tabel() }}", "{{ tabel(1, 2, 3) }}", "{{ gambar(identitas.kecamatan) }}",
    "{{ rujuk('x') }}", "{{ rujuk(1) }}", "{{ daftar_isi(1) }}", "{{ daftar_tabel() }}", "{{ namespace(a=1) }}",
    "{{ namespace(a=1).a }}", "{{ loop.index }}", "{{ loop.cycle('a') }}", "{{ loop(1) }}", "{{ self }}", "{{ caller() }}", "{{ super() }}",
    "{{ identitas.kecamatan.__class__ }}", "{{ ''|attr('x') }}", "{{ identitas.kecamatan|x }}", "{{ identitas.kecamatan|batch }}", "{{ sasaran|batch(0)|list }}",
    "{{ sasaran|batch(-1)|list }}", "{{ sasaran|batch('x') }}", "{{ sasaran|batch(2, fill_with=sasaran) }}", "{{ sasaran|join(1) }}",
    "{{ sasaran|join(attribute='x') }}", "{{ sasaran|map('upper')|list }}", "{{ sasaran|map() }}", "{{ sasaran|map(attribute=1)|list }}",
    "{{ sasaran|map(attribute='a.b.c')|list }}", "{{ sasaran|sort }}", "{{ sasaran|sort(attribute='nama') }}", "{{ sasaran|sort(1,2,3,4,5) }}",
    "{{ sasaran|select('x')|list }}", "{{ sasaran|selectattr('x','y','z')|list }}", "{{ sasaran|unique|list }}", "{{ 1|length }}", "{{ 1|first }}",
    "{{ [3,'a']|sort }}", "{{ {1:2} }}", "{{ {[]:2} }}", "{{ {}[[]] }}", "{{ [][{}] }}", "{{ (1,) }}", "{{ none }}", "{{ none.x }}", "{{ true + 1 }}",
    "{{ 1 if }}", "{{ 1 if 0 }}", "{{ x is defined }}", "{{ 1 is divisibleby(0) }}", "{{ 1 is sameas }}", "{{ 1 in 2 }}", "{{ 'a' < 1 }}", "{{ not }}",
    "{{ '%s' % 1 }}", "{{ '%d' % 'x' }}", "{{ '%9999999999d' % 1 }}", "{{ '{0.x}'.format(1) }}", "{{ 1e999 }}", "{{ " + "9" * 5000 + " }}", "{{ '\\ud800' }}", "{{ '\\x00' }}",
    "{{ " + "(" * 300 + "1" + ")" * 300 + " }}", "{{ " + "-" * 500 + "1 }}", "{{ " + "1+" * 3000 + "1 }}", "{{ x" + ".x" * 1500 + " }}", "{{ " + "not " * 900 + "1 }}",
    "{% if 1 %}", "{% if %}", "{% elif 1 %}", "{% else %}", "{% endif %}", "{% for x in sasaran %}", "{% for x in 5 %}", "{% for x, y in sasaran %}",
    "{% for x in sasaran recursive %}", "{% for x in sasaran if x %}", "{% for in %}", "{% endfor %}", "{% set x = 1 %}", "{% set x %}", "{% endset %}", "{% set x.y = 1 %}",
    "{% set identitas.kecamatan = sasaran %}", "{% set n.a = n %}", "{% macro f(x) %}", "{% endmacro %}", "{% include 'x' %}", "{% import 'x' as y %}", "{% extends 'x' %}", "{% block x %}", "{% endblock %}",
    "{% raw %}", "{% endraw %}", "{% filter upper %}", "{% call f() %}", "{% with %}", "{% endwith %}", "{% autoescape false %}", "{% do 1 %}", "{% break %}", "{% x %}", "{%p if 1 %}", "{%tr for x in sasaran %}",
    "{% for a in 'x'*999 %}{% for b in 'x'*999 %}{% for c in 'x'*999 %}{% endfor %}{% endfor %}{% endfor %}", "{{ daftar_isi() }}", "{{ grafik.capaian }}", "{{ logo }}",
)  # fmt: skip
EXPRESSIONS = (
    "identitas.kecamatan", "sasaran", "x", "sasaran[0]", "loop", "1", "'a'", "none", "[]", "{}", "logo", "grafik", "tabel", "daftar_isi()",
)  # fmt: skip
