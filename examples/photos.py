"""Draw the four illustrations of the example annex: examples/foto-1.jpg … foto-4.jpg.

They stand in for photos, so the example can be shipped freely. Run it with ``python examples/photos.py``;
the same pictures come out every time.
"""

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1600, 1200
SCALE = 2  # drawn larger and scaled down, which smooths the edges
MAX_BYTES = 200_000

Point = tuple[float, float]
Box = tuple[float, float, float, float]

SKIN = ("#8d5a3b", "#a06a45", "#b57c54", "#7b4c31")
DARK = "#2b2430"
RED, WHITE = "#c8322f", "#f7f1e6"


def mix(first: str, second: str, share: float) -> str:
    """The colour that lies ``share`` of the way from ``first`` to ``second``."""
    pairs = zip(ImageColor.getrgb(first)[:3], ImageColor.getrgb(second)[:3], strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


class Canvas:
    """A picture of 1600 × 1200 units; every coordinate is in these units."""

    def __init__(self, seed: int, colours: Sequence[str]) -> None:
        """Start with a vertical gradient through ``colours``."""
        self.random = random.Random(seed)  # noqa: S311 - a drawing, no secret
        self.image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE))
        self.draw = ImageDraw.Draw(self.image)
        self.gradient((0, 0, WIDTH, HEIGHT), colours)

    def gradient(self, box: Box, colours: Sequence[str]) -> None:
        """Fill a box from top to bottom."""
        left, top, right, bottom = (round(edge * SCALE) for edge in box)
        steps = len(colours) - 1
        for row in range(top, bottom):
            place = (row - top) / max(1, bottom - top - 1) * steps
            lower = min(int(place), steps - 1)
            colour = mix(colours[lower], colours[lower + 1], place - lower)
            self.draw.line((left, row, right, row), fill=colour)

    def poly(self, points: Sequence[Point], colour: str) -> None:
        """A filled polygon."""
        self.draw.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=colour)

    def rect(self, box: Box, colour: str, radius: float = 0) -> None:
        """A filled rectangle, with round corners if wished."""
        left, top, right, bottom = (edge * SCALE for edge in box)
        self.draw.rounded_rectangle((left, top, right, bottom), radius * SCALE, fill=colour)

    def oval(self, centre: Point, size: Point, colour: str) -> None:
        """A filled ellipse; ``size`` is its half width and half height."""
        (x, y), (across, down) = centre, size
        box = ((x - across) * SCALE, (y - down) * SCALE, (x + across) * SCALE, (y + down) * SCALE)
        self.draw.ellipse(box, fill=colour)

    def line(self, points: Sequence[Point], colour: str, width: float) -> None:
        """A line with round ends and joints."""
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        self.draw.line(scaled, fill=colour, width=max(1, round(width * SCALE)), joint="curve")
        for end in (points[0], points[-1]):
            self.oval(end, (width / 2, width / 2), colour)

    def glow(self, puffs: Sequence[tuple[Point, Point]], colour: str, strength: float, blur: float) -> None:
        """Soft light, smoke or mist: blurred ellipses laid over the picture."""
        small = Image.new("L", (WIDTH // 2, HEIGHT // 2))
        draw = ImageDraw.Draw(small)
        for (x, y), (across, down) in puffs:
            box = ((x - across) / 2, (y - down) / 2, (x + across) / 2, (y + down) / 2)
            draw.ellipse(box, fill=round(255 * strength))
        mask = small.filter(ImageFilter.GaussianBlur(blur / 2)).resize(self.image.size)
        self.image.paste(colour, (0, 0), mask)

    def shade(self, points: Sequence[Point], colour: str, strength: float) -> None:
        """A half-transparent polygon, such as a shadow or a beam of light."""
        mask = Image.new("L", self.image.size)
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        ImageDraw.Draw(mask).polygon(scaled, fill=round(255 * strength))
        self.image.paste(colour, (0, 0), mask)

    def vignette(self, strength: float) -> None:
        """Darken the corners a little, as a lens does."""
        mask = Image.radial_gradient("L").resize(self.image.size)
        mask = mask.point([round(max(0, level - 110) * strength) for level in range(256)])
        dark = Image.new("RGB", self.image.size, "#1b1420")
        self.image = Image.composite(ImageChops.multiply(self.image, dark), self.image, mask)
        self.draw = ImageDraw.Draw(self.image)

    def save(self, path: Path) -> None:
        """Scale down and write a JPEG below ``MAX_BYTES``."""
        picture = self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        for quality in (88, 82, 76, 70, 60):
            picture.save(path, quality=quality, optimize=True)
            if path.stat().st_size < MAX_BYTES:
                return


# Landscape -----------------------------------------------------------------------------------------------


def ridge(canvas: Canvas, height: float, swing: float, colour: str, bottom: float = HEIGHT) -> None:
    """A range of hills whose crest swings around ``height``."""
    waves = [
        (canvas.random.uniform(1, 3.5) * 2**octave, canvas.random.uniform(0, 7), swing / 1.9**octave)
        for octave in range(4)
    ]
    crest = [
        (x, height + sum(size * math.sin(pace * x / WIDTH * math.pi + shift) for pace, shift, size in waves))
        for x in range(-10, WIDTH + 20, 10)
    ]
    canvas.poly([(-10, bottom), *crest, (WIDTH + 10, bottom)], colour)


def volcano(canvas: Canvas, peak: Point, spread: float, colours: Sequence[str]) -> None:
    """Semeru: a cone with a lit and a shaded flank, gullies and a plume; ``colours`` lit, shaded, smoke."""
    x, y = peak
    lit, shaded, smoke = colours
    base = y + spread * 0.52

    def flank(side: float, share: float) -> Point:
        return (x + side * (26 + (spread - 26) * share), y + (base - y) * share**0.78)

    shares = [step / 24 for step in range(25)]
    left = [flank(-1, share) for share in shares]
    right = [flank(1, share) for share in shares]
    canvas.poly([*reversed(left), (x - 8, y + 10), (x + 10, y + 4), *right], lit)
    canvas.poly([(x + 4, y + 8), *right, (x + spread * 0.1, base), (x + 40, y + spread * 0.22)], shaded)
    for side in (-0.62, -0.4, -0.2, 0.25, 0.5, 0.72):
        tone = mix(lit, shaded, 0.55) if side < 0 else mix(shaded, lit, 0.35)
        gully = [flank(side, share) for share in (0.06, 0.22, 0.4, 0.62)]
        bends = [(px + (8 if step % 2 else -6), py) for step, (px, py) in enumerate(gully)]
        canvas.line(bends, tone, 4)
    puffs = [
        (
            (x + 20 + step * 26 + canvas.random.uniform(-8, 8), y - 18 - step * 17),
            (18 + step * 7, 14 + step * 5),
        )
        for step in range(9)
    ]
    canvas.glow(puffs, smoke, 0.85, 16)


def tree(canvas: Canvas, foot: Point, size: float, colour: str) -> None:
    """A broad-leaved tree."""
    x, y = foot
    canvas.poly([(x - size * 0.06, y), (x + size * 0.06, y), (x + size * 0.03, y - size * 0.6),
                 (x - size * 0.03, y - size * 0.6)], "#5b4032")  # fmt: skip
    for dx, dy, part, light in ((0, 0.75, 0.34, 0.0), (-0.22, 0.6, 0.25, 0.0), (0.24, 0.62, 0.25, 0.0),
                                (-0.08, 0.86, 0.2, 0.14), (-0.26, 0.66, 0.13, 0.14)):  # fmt: skip
        canvas.oval(
            (x + dx * size, y - dy * size), (part * size, part * size * 0.85), mix(colour, "#fff3b0", light)
        )


def pine(canvas: Canvas, foot: Point, size: float, colour: str) -> None:
    """A conifer of the mountain forest."""
    x, y = foot
    canvas.rect((x - size * 0.03, y - size * 0.2, x + size * 0.03, y), "#4b3a33")
    for tier in range(4):
        top, half = y - size * (1 - tier * 0.2), size * (0.12 + tier * 0.06)
        canvas.poly([(x, top), (x + half, top + size * 0.32), (x - half, top + size * 0.32)], colour)
        canvas.poly(
            [(x, top), (x, top + size * 0.32), (x - half, top + size * 0.32)], mix(colour, "#ffffff", 0.08)
        )


def terraces(canvas: Canvas, top: float, bottom: float, colours: Sequence[str]) -> None:
    """Curved rice terraces, lighter at each edge."""
    steps = 7
    for step in range(steps):
        level = top + (bottom - top) * (step / steps) ** 1.25
        curve = [(x, level + 22 * math.sin(x / 260 + step * 1.3) + 10 * math.sin(x / 90 + step))
                 for x in range(-10, WIDTH + 20, 10)]  # fmt: skip
        canvas.poly([(-10, HEIGHT), *curve, (WIDTH + 10, HEIGHT)], colours[step % len(colours)])
        canvas.line(curve, mix(colours[step % len(colours)], "#fff6c9", 0.35), 3)


def bunting(canvas: Canvas, start: Point, end: Point, sag: float) -> None:
    """A string of little red and white flags."""
    count = max(6, round(abs(end[0] - start[0]) / 46))

    def hang(share: float) -> Point:
        drop = sag * 4 * share * (1 - share)
        return (start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share + drop)

    canvas.line([hang(step / 40) for step in range(41)], "#6b5a50", 2)
    for number in range(count):
        (left, high), (right, low) = hang((number + 0.15) / count), hang((number + 0.85) / count)
        colour = RED if number % 2 else WHITE
        canvas.poly([(left, high), (right, low), ((left + right) / 2, (high + low) / 2 + 34)], colour)


def flag(canvas: Canvas, foot: Point, height: float) -> None:
    """The red and white flag on its pole."""
    x, y = foot
    canvas.line([(x, y), (x, y - height)], "#b9b2a6", 6)
    for part, colour in ((0, RED), (1, WHITE)):
        top = y - height + 6 + part * 34
        wave = [(x + 3 + dx, top + 7 * math.sin(dx / 20)) for dx in range(0, 112, 6)]
        canvas.poly([*wave, *((px, py + 34) for px, py in reversed(wave))], colour)


# People --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Person:
    """A figure that stands, or sits with only the upper body to be seen.

    Attributes:
        foot: where it stands; for a seated figure the lower edge of the body.
        height: from foot to crown, as if standing.
        shirt: colour of the upper body.
        head: peci, hijab, cap, hair, udeng or helmet.
        facing: towards the viewer.
        seated: without legs.
        arms: where the two hands are, relative to the height, from the shoulders' middle.
        skin: colour of the skin.
        trousers: colour of trousers or skirt.
        vest: colour of a vest; empty without one.
        skirt: a long skirt instead of trousers.
        cloth: colour of the headscarf, cap or headcloth.
    """

    foot: Point
    height: float
    shirt: str
    head: str = "hair"
    facing: bool = True
    seated: bool = False
    arms: tuple[Point, Point] = ((-0.15, 0.33), (0.15, 0.33))
    skin: str = SKIN[1]
    trousers: str = "#3a3644"
    vest: str = ""
    skirt: bool = False
    cloth: str = DARK


def person(canvas: Canvas, figure: Person) -> None:
    """Draw one figure from the feet up."""
    x, y = figure.foot
    tall = figure.height
    hip = y if figure.seated else y - tall * 0.45
    neck = hip - tall * 0.37
    if not figure.seated:
        _legs(canvas, figure, hip)
    _arms(canvas, figure, neck, behind=True)
    wide = tall * 0.125
    canvas.poly(
        [
            (x - wide * 0.8, hip + tall * 0.02),
            (x + wide * 0.8, hip + tall * 0.02),
            (x + wide, neck + tall * 0.07),
            (x + wide * 0.62, neck),
            (x - wide * 0.62, neck),
            (x - wide, neck + tall * 0.07),
        ],
        figure.shirt,
    )
    canvas.oval((x - wide * 0.62, neck + tall * 0.05), (wide * 0.4, tall * 0.05), figure.shirt)
    canvas.oval((x + wide * 0.62, neck + tall * 0.05), (wide * 0.4, tall * 0.05), figure.shirt)
    if figure.vest:
        _vest(canvas, figure, hip, neck)
    _arms(canvas, figure, neck, behind=False)
    canvas.rect(
        (x - tall * 0.026, neck - tall * 0.04, x + tall * 0.026, neck + tall * 0.015),
        mix(figure.skin, DARK, 0.18),
    )
    _head(canvas, figure, (x, neck - tall * 0.085))


def _legs(canvas: Canvas, figure: Person, hip: float) -> None:
    x, y = figure.foot
    tall = figure.height
    if figure.skirt:
        canvas.poly(
            [(x - tall * 0.1, hip), (x + tall * 0.1, hip), (x + tall * 0.12, y), (x - tall * 0.12, y)],
            figure.trousers,
        )
        return
    for side in (-1, 1):
        leg = [(x + side * tall * 0.052, hip), (x + side * tall * 0.062, y - tall * 0.03)]
        canvas.line(leg, figure.trousers, tall * 0.092)
        canvas.oval((x + side * tall * 0.068, y - tall * 0.006), (tall * 0.05, tall * 0.02), DARK)


def _arms(canvas: Canvas, figure: Person, neck: float, *, behind: bool) -> None:
    """The arms; those that hang go behind the body, those that reach forward in front of it."""
    x = figure.foot[0]
    tall = figure.height
    for side, (across, down) in zip((-1, 1), figure.arms, strict=True):
        inward = side * across < 0.1
        if inward == behind:
            continue
        shoulder = (x + side * tall * 0.112, neck + tall * 0.05)
        hand = (x + across * tall, neck + down * tall)
        bend = 0.06 * tall * side if abs(across) < 0.2 else 0.0
        elbow = ((shoulder[0] + hand[0]) / 2 + bend, (shoulder[1] + hand[1]) / 2 + tall * 0.03)
        canvas.line([shoulder, elbow, hand], mix(figure.shirt, DARK, 0.14), tall * 0.055)
        canvas.oval(hand, (tall * 0.028, tall * 0.03), figure.skin)


def _vest(canvas: Canvas, figure: Person, hip: float, neck: float) -> None:
    x = figure.foot[0]
    wide = figure.height * 0.125
    canvas.poly(
        [
            (x - wide * 0.86, hip),
            (x + wide * 0.86, hip),
            (x + wide * 0.72, neck + 4),
            (x - wide * 0.72, neck + 4),
        ],
        figure.vest,
    )
    for share in (0.45, 0.72):
        band = neck + (hip - neck) * share
        canvas.rect((x - wide * 0.8, band, x + wide * 0.8, band + figure.height * 0.022), "#f3efc4")


def _head(canvas: Canvas, figure: Person, centre: Point) -> None:
    x, y = centre
    radius = figure.height * 0.062
    cover, hair = figure.cloth, "#241d22"
    if figure.head == "hijab":
        canvas.oval((x, y + radius * 0.1), (radius * 1.22, radius * 1.3), cover)
        canvas.poly(
            [
                (x - radius * 1.15, y + radius * 0.4),
                (x + radius * 1.15, y + radius * 0.4),
                (x + radius * 1.75, y + radius * 2.7),
                (x, y + radius * 3.4),
                (x - radius * 1.75, y + radius * 2.7),
            ],
            cover,
        )
        if figure.facing:
            canvas.oval((x, y + radius * 0.1), (radius * 0.8, radius * 0.95), figure.skin)
        return
    canvas.oval((x, y), (radius, radius * 1.16), figure.skin if figure.facing else hair)
    if figure.facing:
        crown = [(x + radius * 1.04 * math.cos(turn), y - radius * 0.28 - radius * 0.92 * math.sin(turn))
                 for turn in (step * math.pi / 16 for step in range(17))]  # fmt: skip
        canvas.poly(crown, hair)
    else:
        canvas.oval((x, y + radius * 0.85), (radius * 0.6, radius * 0.35), figure.skin)
    if figure.head in _HATS:
        _HATS[figure.head](canvas, (x, y), radius, cover)


def _peci(canvas: Canvas, centre: Point, radius: float, _cover: str) -> None:
    x, y = centre
    canvas.poly(
        [
            (x - radius * 1.06, y - radius * 0.42),
            (x + radius * 1.06, y - radius * 0.42),
            (x + radius * 0.9, y - radius * 1.5),
            (x - radius * 0.9, y - radius * 1.5),
        ],
        "#17141a",
    )


def _udeng(canvas: Canvas, centre: Point, radius: float, cover: str) -> None:
    x, y = centre
    canvas.rect(
        (x - radius * 1.1, y - radius * 1.15, x + radius * 1.1, y - radius * 0.4), cover, radius * 0.3
    )
    canvas.poly(
        [
            (x - radius * 0.2, y - radius * 1.0),
            (x + radius * 0.5, y - radius * 2.0),
            (x + radius * 0.7, y - radius),
        ],
        cover,
    )


def _cap(canvas: Canvas, centre: Point, radius: float, cover: str) -> None:
    x, y = centre
    canvas.oval((x, y - radius * 0.6), (radius * 1.06, radius * 0.75), cover)
    canvas.rect(
        (x - radius * 1.25, y - radius * 0.55, x + radius * 1.25, y - radius * 0.32),
        mix(cover, DARK, 0.25),
        radius * 0.1,
    )


def _helmet(canvas: Canvas, centre: Point, radius: float, cover: str) -> None:
    x, y = centre
    canvas.oval((x, y - radius * 0.5), (radius * 1.2, radius * 1.0), cover)
    canvas.rect(
        (x - radius * 1.4, y - radius * 0.35, x + radius * 1.4, y - radius * 0.1),
        mix(cover, DARK, 0.15),
        radius * 0.1,
    )


_HATS: dict[str, Callable[[Canvas, Point, float, str], None]] = {
    "peci": _peci,
    "udeng": _udeng,
    "cap": _cap,
    "helmet": _helmet,
}


def crowd(canvas: Canvas, level: float, height: float, gap: float, shirts: Sequence[str]) -> None:
    """A row of people seen from behind, across the whole picture."""
    x = -gap * canvas.random.random()
    while x < WIDTH + gap:
        head = canvas.random.choice(("hair", "hijab", "peci", "hair", "hijab", "cap", "udeng"))
        tall = height * canvas.random.uniform(0.9, 1.08)
        person(
            canvas,
            Person(
                (x, level + canvas.random.uniform(-8, 14)),
                tall,
                canvas.random.choice(shirts),
                head,
                facing=False,
                seated=True,
                skin=canvas.random.choice(SKIN),
                cloth=canvas.random.choice(_SCARVES),
                arms=((-0.13, 0.3), (0.13, 0.3)),
            ),
        )
        x += gap * canvas.random.uniform(0.82, 1.2)


_SCARVES = ("#8c4a5e", "#4a6a7c", "#c9a66b", "#6b7f5a", "#5b4a78", "#b9695a")


# The four pictures ---------------------------------------------------------------------------------------


def house(canvas: Canvas, corner: Point, size: Point, wall: str) -> None:
    """A village house with a tiled hip roof; ``corner`` is its lower left corner."""
    (x, y), (wide, high) = corner, size
    canvas.rect((x, y - high, x + wide, y), wall)
    canvas.rect((x + wide * 0.42, y - high * 0.72, x + wide * 0.58, y), "#5d4033")
    for part in (0.14, 0.7):
        canvas.rect((x + wide * part, y - high * 0.68, x + wide * (part + 0.16), y - high * 0.3), "#6f8794")
    canvas.poly(
        [
            (x - wide * 0.1, y - high * 0.94),
            (x + wide * 1.1, y - high * 0.94),
            (x + wide * 0.82, y - high * 1.6),
            (x + wide * 0.18, y - high * 1.6),
        ],
        "#a4503a",
    )
    canvas.poly(
        [
            (x - wide * 0.1, y - high * 0.94),
            (x + wide * 1.1, y - high * 0.94),
            (x + wide * 1.08, y - high * 0.86),
            (x - wide * 0.08, y - high * 0.86),
        ],
        "#7e3a2b",
    )


def penjor(canvas: Canvas, foot: Point, height: float, lean: float) -> None:
    """A bent bamboo pole hung with young palm leaves."""
    x, y = foot
    bow = [(x + lean * height * 0.42 * share**2.6, y - height * (share - 0.2 * share**4)) for share in
           (step / 30 for step in range(31))]  # fmt: skip
    canvas.line(bow, "#8c7a3e", 9)
    for step in range(8, 31, 2):
        px, py = bow[step]
        fall = 54 if step < 30 else 120
        canvas.poly([(px - 9, py), (px + 9, py), (px + 4, py + fall), (px - 4, py + fall)], "#e3d27a")
    canvas.oval((bow[-1][0], bow[-1][1] + 126), (17, 17), "#d9b64a")


def dancer(canvas: Canvas, foot: Point, colours: Sequence[str], lift: float) -> None:
    """A dancer in a long cloth with a scarf swung out to both sides."""
    x, y = foot
    cloth, scarf = colours
    tall = 225.0
    raised = ((-0.3, -0.02 - lift), (0.3, 0.14 - lift))
    neck = y - tall * 0.82
    for across, down in raised:
        hand = (x + across * tall, neck + down * tall)
        end = (hand[0] + math.copysign(34, across), hand[1] + 88)
        canvas.poly(
            [hand, (hand[0] + math.copysign(16, across), hand[1] + 4), end, (end[0] - 20, end[1] + 8)], scarf
        )
    person(canvas, Person(foot, tall, mix(cloth, "#ffffff", 0.12), "udeng", arms=raised, skin=SKIN[2],
                          trousers=cloth, skirt=True, cloth="#d9a93a"))  # fmt: skip
    canvas.rect((x - tall * 0.105, y - tall * 0.5, x + tall * 0.105, y - tall * 0.44), "#d9a93a", 4)
    canvas.poly(
        [
            (x - 10, y - tall * 0.46),
            (x + 10, y - tall * 0.46),
            (x + 17, y - tall * 0.1),
            (x - 17, y - tall * 0.1),
        ],
        scarf,
    )


def gong(canvas: Canvas, centre: Point) -> None:
    """A hanging gong in its frame."""
    x, y = centre
    canvas.line([(x - 56, y + 70), (x - 50, y - 60), (x + 50, y - 60), (x + 56, y + 70)], "#6a2f22", 10)
    canvas.oval((x, y + 4), (42, 42), "#a87a2c")
    canvas.oval((x, y + 4), (33, 33), "#c4953d")
    canvas.oval((x, y + 4), (11, 11), "#e3bd6a")


def village_ceremony() -> Canvas:
    """Bersih Desa: a stage with dancers before rice terraces."""
    canvas = Canvas(11, ("#5d9ecb", "#9cc9de", "#f6dfb0", "#f7cf95"))
    canvas.glow([((1240, 250), (90, 90))], "#fff4cf", 0.95, 60)
    canvas.glow([((1240, 250), (330, 240))], "#ffe7ad", 0.5, 170)
    for x, y, size in ((40, 110, 1.0), (1010, 84, 0.7), (1480, 130, 0.8)):
        canvas.glow([((x + dx * size, y - dy * size), (80 * size, 24 * size)) for dx, dy in
                     ((0, 0), (80, 16), (150, 0), (60, -6))], "#ffffff", 0.8, 14)  # fmt: skip
    volcano(canvas, (420, 225), 680, ("#8fa9b8", "#7690a5", "#eef1ee"))
    ridge(canvas, 470, 34, "#86a99b")
    ridge(canvas, 545, 28, "#6b9a74")
    terraces(canvas, 575, 800, ("#9cbf5c", "#7fae53", "#a9c763", "#6ea14f"))
    for x in (40, 130, 1420, 1520, 1585):
        tree(canvas, (x, 770 + canvas.random.uniform(-12, 14)), canvas.random.uniform(190, 250), "#3f7a45")
    house(canvas, (60, 812), (230, 120), "#efe2c6")
    house(canvas, (1330, 806), (210, 112), "#e6d3b3")
    canvas.gradient((0, 800, WIDTH, HEIGHT), ("#c9a873", "#b08a58", "#8c6a45"))
    _stage(canvas)
    for x, lean in ((250, 1), (1350, -1)):
        penjor(canvas, (x, 880), 640, lean)
    bunting(canvas, (-20, 250), (420, 330), 60)
    bunting(canvas, (1180, 330), (1620, 250), 60)
    for x, height, shirt, head in (
        (112, 262, "#3f6f86", "udeng"),
        (204, 240, "#d9b25a", "hijab"),
        (1392, 244, "#b6543f", "hijab"),
        (1490, 264, "#7a8f54", "peci"),
    ):
        person(canvas, Person((x, 985), height, shirt, head, skirt=head == "hijab", cloth="#6d3b2f"))
    crowd(canvas, 1212, 300, 118, ("#7b3f45", "#385a73", "#a8763a", "#4f6b4a", "#8a5a78", "#c08a58"))
    crowd(canvas, 1318, 370, 150, ("#4b2f3c", "#2f4557", "#6b4a2c", "#35482f", "#563d59"))
    canvas.vignette(0.5)
    return canvas


def _stage(canvas: Canvas) -> None:
    """The stage with its joglo roof, backdrop, gamelan and dancers."""
    canvas.rect((400, 390, 1200, 900), "#7a2f2a")
    canvas.gradient((420, 420, 1180, 830), ("#8e3a2f", "#b9563c", "#d98a4e"))
    canvas.oval((800, 650), (170, 170), "#e9b765")
    canvas.oval((800, 650), (150, 150), "#c9743f")
    canvas.poly([(800, 520), (930, 760), (670, 760)], "#7a2f2a")
    canvas.poly([(800, 560), (900, 745), (700, 745)], "#e9b765")
    canvas.poly([(800, 610), (865, 735), (735, 735)], "#7a2f2a")
    for x in (420, 590, 1010, 1180):
        canvas.rect((x - 13, 380, x + 13, 850), "#5a3526")
        canvas.rect((x - 20, 826, x + 20, 850), "#3f2519")
    canvas.poly([(330, 420), (1270, 420), (1120, 330), (480, 330)], "#8a4a35")
    canvas.poly([(480, 332), (1120, 332), (930, 196), (670, 196)], "#9d573d")
    for share in (0.2, 0.4, 0.6, 0.8):
        canvas.line([(480 + 640 * share, 332), (670 + 260 * share, 198)], "#8a4a35", 3)
    canvas.rect((664, 184, 936, 204), "#6d3a2a", 6)
    canvas.rect((330, 416, 1270, 434), "#5f3123", 4)
    for x in range(345, 1265, 46):
        canvas.poly([(x, 434), (x + 42, 434), (x + 21, 466)], "#e6c25a" if x // 46 % 2 else RED)
    canvas.poly([(370, 846), (1230, 846), (1300, 930), (300, 930)], "#b98a58")
    for share in (0.2, 0.4, 0.6, 0.8):
        canvas.line([(370 + 860 * share, 848), (300 + 1000 * share, 928)], "#a2754a", 3)
    canvas.rect((300, 930, 1300, 992), "#7d5336")
    for x in range(310, 1290, 70):
        canvas.poly([(x, 934), (x + 64, 934), (x + 32, 976)], "#d9b25a")
    for x in (480, 1120):
        gong(canvas, (x, 800))
        person(canvas, Person((x + (96 if x < 800 else -96), 868), 205, "#3f2f45", "udeng", seated=True,
                              arms=((-0.16, 0.27), (0.16, 0.27)), cloth="#a8763a"))  # fmt: skip
    for x in (540, 1000):
        canvas.rect((x, 838, x + 74, 872), "#6a2f22", 5)
        for bar in range(6):
            canvas.rect((x + 5 + bar * 11, 830, x + 13 + bar * 11, 842), "#d8b25c", 2)
    for number, (x, lift) in enumerate(((668, 0.06), (800, 0.16), (932, 0.06))):
        dancer(
            canvas,
            (x, 905 + (8 if number == 1 else 0)),
            (("#2f7a6b", "#f0c95a"), ("#8c2f55", "#f3d98a"), ("#2f7a6b", "#f0c95a"))[number],
            lift,
        )


def disaster_post() -> Canvas:
    """Siaga Bencana: a command tent below Semeru."""
    canvas = Canvas(23, ("#7fa5c8", "#b3cfdc", "#ebe6d6", "#f6ddbc"))
    canvas.glow([((1330, 330), (420, 260))], "#ffe5c0", 0.7, 180)
    volcano(canvas, (840, 170), 1060, ("#7f8ea3", "#5f6f88", "#e9e4de"))
    ridge(canvas, 560, 44, "#6f8791")
    canvas.glow(
        [((x, 610 + canvas.random.uniform(-14, 14)), (220, 26)) for x in range(0, 1700, 190)],
        "#f3efe4",
        0.75,
        40,
    )
    ridge(canvas, 645, 30, "#557467")
    for _ in range(58):
        x = canvas.random.uniform(-20, 1620)
        pine(canvas, (x, 745 + 14 * math.sin(x / 130)), canvas.random.uniform(90, 150), "#3f6455")
    canvas.glow([((x, 745), (200, 20)) for x in range(60, 1700, 260)], "#e9ebdf", 0.5, 36)
    canvas.gradient((0, 745, WIDTH, HEIGHT), ("#86a05f", "#71904f", "#567440"))
    for number in range(26):
        x, y = canvas.random.uniform(0, WIDTH), 770 + number * 16
        canvas.line(
            [(x, y), (x + canvas.random.uniform(60, 180), y + 4)], "#8fa966" if number % 2 else "#62823f", 4
        )
    canvas.poly([(620, HEIGHT), (1120, HEIGHT), (900, 760), (850, 760)], "#b39a70")
    canvas.shade([(180, 985), (800, 985), (960, 1020), (240, 1040)], "#2f3f24", 0.35)
    _tent(canvas)
    _truck(canvas)
    flag(canvas, (884, 900), 330)
    orange = "#e5702c"
    team = (
        (185, 1118, 285, "cap", ((-0.15, 0.33), (0.24, 0.12))),
        (300, 1130, 268, "hijab", ((-0.12, 0.2), (0.12, 0.2))),
        (940, 1060, 275, "helmet", ((-0.15, 0.33), (0.3, -0.05))),
        (1060, 1080, 290, "cap", ((-0.15, 0.33), (0.15, 0.33))),
    )
    for x, y, height, head, arms in team:
        canvas.glow([((x + 26, y + 4), (64, 11))], "#2f3f24", 0.6, 12)
        person(
            canvas,
            Person(
                (x, y),
                height,
                "#39506b",
                head,
                arms=arms,
                vest=orange,
                cloth="#e5702c" if head != "hijab" else "#34506b",
                skin=SKIN[round(x) % 3],
            ),
        )
    for x, y, height, shirt in (
        (1195, 1105, 262, "#8c5a4a"),
        (1300, 1112, 278, "#5a7d8c"),
        (1402, 1100, 255, "#a58a4a"),
    ):
        canvas.glow([((x + 26, y + 4), (60, 11))], "#2f3f24", 0.6, 12)
        person(
            canvas,
            Person(
                (x, y),
                height,
                shirt,
                "hijab" if x == 1195 else "udeng" if x == 1402 else "hair",
                skirt=x == 1195,
                cloth="#c9a66b",
                skin=SKIN[x % 4],
            ),
        )
    _supplies(canvas)
    canvas.vignette(0.5)
    return canvas


def _tent(canvas: Canvas) -> None:
    """The open command tent with a table, a map and two people at work."""
    roof, side = "#ea7a2e", "#c95f22"
    canvas.poly([(170, 720), (790, 720), (780, 985), (180, 985)], "#6b4733")
    canvas.gradient((190, 720, 772, 980), ("#553a2e", "#8a6448"))
    canvas.rect((300, 770, 500, 905), "#efe8d6", 4)
    canvas.poly([(318, 890), (360, 810), (400, 850), (440, 790), (484, 890)], "#9fb88a")
    canvas.line([(322, 880), (372, 858), (420, 872), (478, 842)], "#4f87a8", 5)
    canvas.oval((408, 836), (9, 9), RED)
    canvas.rect((560, 790, 640, 860), "#2f3b47", 6)
    canvas.rect((568, 798, 632, 846), "#8fc3c9", 3)
    canvas.line([(610, 790), (640, 735)], "#c9ced2", 4)
    for x, head in ((530, "hair"), (700, "hijab")):
        person(canvas, Person((x, 925), 265, "#39506b", head, seated=True, arms=((-0.14, 0.34), (0.14, 0.34)),
                              vest="#e5702c", cloth="#9a4a2c", skin=SKIN[2]))  # fmt: skip
    canvas.rect((220, 915, 740, 940), "#d9c7a2", 4)
    canvas.rect((228, 940, 732, 985), "#3f6b8c")
    for x in (260, 420, 600):
        canvas.rect((x, 902, x + 58, 916), WHITE, 2)
    canvas.poly([(480, 555), (850, 730), (800, 760), (480, 625), (160, 760), (110, 730)], roof)
    canvas.poly([(480, 555), (110, 730), (160, 760), (480, 625)], mix(roof, "#ffffff", 0.14))
    for number in range(10):
        left = 110 + number * 74
        canvas.poly([(left, 728), (left + 74, 728), (left + 66, 762), (left + 37, 772), (left + 8, 762)],
                    side if number % 2 else mix(roof, "#ffffff", 0.1))  # fmt: skip
    canvas.poly([(110, 730), (850, 730), (480, 553)], roof)
    canvas.poly([(110, 730), (480, 553), (480, 730)], mix(roof, "#ffffff", 0.13))
    for x in (150, 812):
        canvas.line([(x, 745), (x, 990)], "#d8d3c8", 9)
        canvas.line([(x, 750), (x + (-90 if x < 400 else 90), 990)], "#cfc8b6", 3)


def _truck(canvas: Canvas) -> None:
    """A rescue pick-up beside the road."""
    canvas.glow([((1390, 950), (210, 20))], "#2f3f24", 0.6, 14)
    canvas.poly([(1290, 800), (1420, 800), (1462, 868), (1262, 868)], "#e9e6de")
    canvas.poly([(1302, 812), (1350, 812), (1350, 862), (1280, 862)], "#6f93a5")
    canvas.poly([(1362, 812), (1412, 812), (1444, 862), (1362, 862)], "#86a9b8")
    canvas.rect((1200, 862, 1590, 938), "#f0ede4", 12)
    canvas.rect((1200, 886, 1590, 908), "#e5702c")
    canvas.rect((1465, 836, 1590, 866), "#d9d4c6", 4)
    canvas.rect((1330, 784, 1392, 802), "#3f7fc1", 6)
    for x in (1275, 1510):
        canvas.oval((x, 938), (46, 46), "#2a2a30")
        canvas.oval((x, 938), (21, 21), "#b9bcc0")
    canvas.oval((1206, 884), (10, 14), "#ffe9a8")


def _supplies(canvas: Canvas) -> None:
    """Boxes, jerrycans and sacks in front of the tent."""
    for x, y, colour in ((590, 1080, "#b98f5a"), (690, 1080, "#c79c66"), (640, 1012, "#d1a970")):
        canvas.rect((x, y - 66, x + 94, y), colour, 4)
        canvas.rect((x + 38, y - 66, x + 56, y), mix(colour, WHITE, 0.35))
        canvas.rect((x, y - 66, x + 94, y - 58), mix(colour, DARK, 0.15))
    for x in (520, 556):
        canvas.rect((x, 1030, x + 30, 1082), "#3f7fc1", 6)
        canvas.rect((x + 6, 1020, x + 18, 1034), "#2f5f94", 3)


def ballot_recap() -> Canvas:
    """Rekapitulasi suara: the tally board and ballot boxes in a hall."""
    canvas = Canvas(37, ("#efe3cc", "#f3ead8", "#e6d6ba"))
    _hall(canvas)
    canvas.rect((470, 250, 1130, 640), "#8a6a4a", 8)
    canvas.rect((486, 266, 1114, 624), "#fbf8f0")
    canvas.rect((486, 266, 1114, 316), "#3f6b8c")
    for row in range(1, 7):
        level = 316 + row * 44
        canvas.rect((500, level - 30, 640 + canvas.random.uniform(-40, 20), level - 18), "#b9c2c6", 5)
        canvas.line([(492, level), (1108, level)], "#d6d2c6", 2)
        for group in range(canvas.random.randint(3, 6)):
            _tally(canvas, (700 + group * 66, level - 24))
    for x in (680, 1060):
        canvas.line([(x, 320), (x, 620)], "#d6d2c6", 2)
    for x in (560, 800, 1040):
        canvas.rect((x - 60, 284, x + 60, 298), "#cfe0ea", 6)
    person(
        canvas,
        Person(
            (1190, 880),
            400,
            "#e9e4d8",
            "hijab",
            arms=((-0.3, -0.02), (0.15, 0.33)),
            cloth="#7a4a6a",
            trousers="#4a4656",
            skin=SKIN[2],
        ),
    )
    person(
        canvas, Person((410, 880), 410, "#f0ece0", "peci", arms=((-0.15, 0.33), (0.14, 0.16)), skin=SKIN[1])
    )
    canvas.rect((388, 634, 470, 690), "#fbf8f0", 3)
    for x, head, shirt in (
        (560, "hair", "#a8603f"),
        (720, "hijab", "#3f6b6b"),
        (880, "peci", "#8a7a3f"),
        (1040, "hair", "#5a5a86"),
    ):
        person(
            canvas,
            Person(
                (x, 850),
                330,
                shirt,
                head,
                seated=True,
                arms=((-0.15, 0.3), (0.15, 0.3)),
                cloth="#9db7a8",
                skin=SKIN[x % 4],
            ),
        )
    canvas.shade([(460, 995), (1150, 995), (1210, 1030), (420, 1030)], "#3f2f22", 0.3)
    canvas.rect((470, 832, 1130, 862), "#b07c4a", 5)
    canvas.gradient((484, 862, 1116, 1000), ("#f3efe4", "#d9d2c2"))
    canvas.rect((484, 900, 1116, 918), RED)
    for x in (540, 690, 850, 1010):
        canvas.rect((x, 812, x + 84, 834), WHITE, 2)
        canvas.line([(x + 12, 823), (x + 66, 823)], "#9aa4a8", 3)
    for x, y in ((190, 1010), (300, 1030), (1230, 1030), (1350, 1008), (1290, 905)):
        _ballot_box(canvas, (x, y))
    crowd(canvas, 1262, 360, 160, ("#55404f", "#3d5566", "#7a5a3c", "#46593f", "#6a4a44"))
    canvas.vignette(0.5)
    return canvas


def _hall(canvas: Canvas) -> None:
    """Walls, windows with daylight, ceiling beams, lamps and floor."""
    for x in (70, 250, 1210, 1390):
        canvas.rect((x, 230, x + 140, 560), "#8a6a4a", 5)
        canvas.gradient((x + 12, 242, x + 128, 548), ("#a8d3e3", "#dcebd8", "#9cbf7a"))
        tree(canvas, (x + 70, 556), 150, "#5f9557")
        canvas.rect((x + 64, 242, x + 76, 560), "#8a6a4a")
        canvas.rect((x + 12, 388, x + 128, 398), "#8a6a4a")
        canvas.rect((x - 10, 548, x + 150, 572), "#7a5b3f", 4)
    canvas.gradient((0, 0, WIDTH, 150), ("#8a6447", "#a87f5a"))
    for x in range(-40, WIDTH, 230):
        canvas.poly(
            [(x, 0), (x + 46, 0), (x + 30 + (800 - x) * 0.06, 150), (x + 8 + (800 - x) * 0.06, 150)],
            "#6d4c35",
        )
    canvas.rect((0, 140, WIDTH, 168), "#5f422e")
    bunting(canvas, (0, 168), (800, 168), 28)
    bunting(canvas, (800, 168), (1600, 168), 28)
    canvas.gradient((0, 700, WIDTH, HEIGHT), ("#c9ab84", "#b58f66", "#8f6c4a"))
    canvas.rect((0, 676, WIDTH, 704), "#9a7652")
    for number in range(-8, 9):
        canvas.line([(800 + number * 110, 706), (800 + number * 330, HEIGHT)], "#b08a62", 2)
    for level in (752, 822, 922, 1062):
        canvas.line([(0, level), (WIDTH, level)], "#b08a62", 2)
    for x in (70, 250, 1210, 1390):
        slant = 120 if x < 800 else -120
        canvas.shade(
            [(x + 12, 720), (x + 128, 720), (x + 168 + slant, 960), (x + 12 + slant, 960)], "#fff1c9", 0.28
        )
    for x in (330, 1270):
        canvas.line([(x, 0), (x, 196)], "#3f2f26", 4)
        canvas.glow([((x, 236), (90, 60))], "#fff1c0", 0.8, 50)
        canvas.poly([(x - 22, 196), (x + 22, 196), (x + 54, 232), (x - 54, 232)], "#4a5a50")
        canvas.oval((x, 234), (30, 12), "#fff6d6")


def _tally(canvas: Canvas, corner: Point) -> None:
    """Five strokes: four upright and one across."""
    x, y = corner
    for stroke in range(4):
        canvas.line([(x + stroke * 10, y), (x + stroke * 10 - 2, y + 20)], "#2f4a6b", 3)
    canvas.line([(x - 6, y + 17), (x + 37, y + 3)], "#2f4a6b", 3)


def _ballot_box(canvas: Canvas, corner: Point) -> None:
    """A white ballot box with a slot and a seal."""
    x, y = corner
    canvas.glow([((x + 52, y + 4), (66, 10))], "#3f2f22", 0.6, 10)
    canvas.rect((x, y - 94, x + 100, y), "#eceff0", 4)
    canvas.poly([(x + 100, y - 94), (x + 124, y - 108), (x + 124, y - 12), (x + 100, y)], "#c3cacd")
    canvas.poly([(x, y - 94), (x + 100, y - 94), (x + 124, y - 108), (x + 24, y - 108)], "#fbfcfc")
    canvas.rect((x + 38, y - 104, x + 84, y - 99), "#5b6468", 2)
    canvas.rect((x + 12, y - 66, x + 88, y - 36), RED, 4)
    canvas.rect((x + 40, y - 60, x + 60, y - 42), "#f3efe4", 3)


def discussion_forum() -> Canvas:
    """Moderasi beragama: people of many backgrounds in talk under an open pavilion."""
    canvas = Canvas(41, ("#8fc0d8", "#c9e0df", "#f3e6c4"))
    volcano(canvas, (1010, 215), 640, ("#9fb4c0", "#849db0", "#f4f1ea"))
    ridge(canvas, 455, 26, "#8fb09a", 620)
    ridge(canvas, 510, 20, "#76a070", 640)
    terraces(canvas, 540, 660, ("#a3c468", "#88b45c"))
    for x in (60, 240, 700, 1380, 1540):
        tree(canvas, (x, 640), canvas.random.uniform(150, 200), "#4f8a50")
    _pavilion(canvas)
    _screen(canvas)
    canvas.oval((800, 905), (610, 150), "#a8573f")
    canvas.oval((800, 903), (580, 138), "#c9835a")
    canvas.oval((800, 902), (520, 118), "#a8573f")
    canvas.oval((800, 901), (500, 110), "#d7a06e")
    back = (
        (330, 880, "#e9e4d8", "peci", "#e9e4d8"),
        (480, 845, "#6b4a78", "hijab", "#c9a6c0"),
        (635, 825, "#a8603f", "hair", DARK),
        (965, 825, "#e3dccb", "udeng", "#f3ead2"),
        (1120, 845, "#3f6b6b", "hijab", "#8fb8a8"),
        (1270, 880, "#39506b", "hair", DARK),
    )
    for x, y, shirt, head, cloth in back:
        _chair(canvas, (x, y))
        person(
            canvas,
            Person(
                (x, y),
                330,
                shirt,
                head,
                seated=True,
                arms=((-0.1, 0.33), (0.1, 0.33)),
                cloth=cloth,
                skin=SKIN[x % 4],
            ),
        )
        _lap(canvas, (x, y), mix(shirt, DARK, 0.45))
    person(
        canvas, Person((800, 900), 370, "#8c3f3a", "peci", arms=((-0.26, 0.02), (0.16, 0.2)), skin=SKIN[1])
    )
    canvas.line([(862, 905), (862, 650)], "#3a3a42", 6)
    canvas.oval((858, 642), (11, 17), "#2a2a30")
    canvas.oval((862, 906), (34, 9), "#3a3a42")
    canvas.oval((800, 985), (150, 36), "#7a5138")
    canvas.oval((800, 976), (150, 36), "#a8744c")
    for x in (720, 790, 868):
        canvas.oval((x, 968), (14, 6), "#f7f1e6")
        canvas.rect((x - 9, 946, x + 9, 968), "#f7f1e6", 4)
    for x, shirt, head, cloth in (
        (150, "#4a5f7a", "hair", DARK),
        (340, "#8c5a6a", "hijab", "#d1b08a"),
        (545, "#5f7a4a", "udeng", "#c9a66b"),
        (1060, "#7a4a3a", "hijab", "#7f9bb0"),
        (1265, "#e0d8c4", "peci", DARK),
        (1455, "#5a4a78", "hair", DARK),
    ):
        person(
            canvas,
            Person(
                (x, 1225),
                430,
                shirt,
                head,
                facing=False,
                seated=True,
                arms=((-0.13, 0.3), (0.13, 0.3)),
                cloth=cloth,
                skin=SKIN[x % 4],
            ),
        )
    canvas.vignette(0.5)
    return canvas


def _pavilion(canvas: Canvas) -> None:
    """Roof beams, carved posts and a tiled floor."""
    canvas.gradient((0, 640, WIDTH, HEIGHT), ("#d9c3a0", "#c3a67e", "#9a7a58"))
    for number in range(-9, 10):
        canvas.line([(800 + number * 120, 642), (800 + number * 330, HEIGHT)], "#bfa078", 2)
    for level in (684, 746, 836, 970):
        canvas.line([(0, level), (WIDTH, level)], "#bfa078", 2)
    canvas.rect((0, 600, WIDTH, 644), "#8a5f40")
    for x in range(10, WIDTH, 40):
        canvas.rect((x, 560, x + 10, 604), "#9a6c49", 3)
    canvas.rect((0, 548, WIDTH, 564), "#7a5238")
    canvas.poly([(0, 0), (WIDTH, 0), (WIDTH, 170), (1180, 120), (420, 120), (0, 170)], "#6d4630")
    for number in range(-8, 9):
        canvas.line([(800 + number * 60, 0), (800 + number * 105, 128 + abs(number) * 5)], "#5a3826", 8)
    canvas.poly(
        [(0, 160), (420, 112), (1180, 112), (WIDTH, 160), (WIDTH, 196), (1180, 146), (420, 146), (0, 196)],
        "#4f3022",
    )
    bunting(canvas, (0, 186), (420, 140), 34)
    bunting(canvas, (1180, 140), (1600, 186), 34)
    for x, wide, foot in ((110, 46, 860), (1490, 46, 860), (430, 30, 700), (1170, 30, 700)):
        canvas.rect((x - wide / 2, 120, x + wide / 2, foot), "#7a4a30")
        canvas.rect((x - wide / 2, 120, x - wide / 6, foot), "#8f5a3c")
        for level in (240, foot - 120):
            canvas.rect((x - wide * 0.62, level, x + wide * 0.62, level + 26), "#c9a05a", 5)
        canvas.rect((x - wide * 0.8, foot - 30, x + wide * 0.8, foot), "#4f4a48", 4)


def _screen(canvas: Canvas) -> None:
    """The backdrop: a sun that rises over hills, instead of lettering."""
    canvas.rect((540, 230, 1060, 540), "#5a3826", 8)
    canvas.gradient((554, 244, 1046, 526), ("#2f6b6b", "#4f9a8a", "#a9c9a0"))
    for number in range(11):
        turn = math.pi * (number + 0.5) / 11
        edges = [
            (800 + 190 * math.cos(turn + side), 486 - 190 * math.sin(turn + side)) for side in (-0.07, 0.07)
        ]
        canvas.poly([(800, 486), *edges], "#f3dfae" if number % 2 else "#e9b765")
    for radius, colour in ((108, "#4f9a8a"), (92, "#f3ead2")):
        arc = [(800 + radius * math.cos(turn / 10), 486 - radius * math.sin(turn / 10)) for turn in range(32)]
        canvas.poly(arc, colour)
    canvas.poly(
        [(554, 526), (554, 486), (650, 462), (760, 492), (860, 470), (970, 486), (1046, 464), (1046, 526)],
        "#2f6b5b",
    )
    canvas.poly([(554, 526), (554, 508), (700, 496), (860, 510), (1046, 494), (1046, 526)], "#25574c")


def _chair(canvas: Canvas, seat: Point) -> None:
    """A wooden chair behind a seated person."""
    x, y = seat
    canvas.rect((x - 62, y - 110, x + 62, y + 24), "#6d4630", 12)
    for side in (-1, 1):
        canvas.line([(x + side * 54, y + 20), (x + side * 56, y + 96)], "#5a3826", 9)


def _lap(canvas: Canvas, seat: Point, colour: str) -> None:
    """The knees and shins of somebody on a chair."""
    x, y = seat
    canvas.rect((x - 48, y - 12, x + 48, y + 34), colour, 16)
    for side in (-1, 1):
        canvas.line([(x + side * 27, y + 24), (x + side * 27, y + 88)], colour, 32)
        canvas.oval((x + side * 29, y + 100), (20, 9), DARK)


PICTURES: tuple[Callable[[], Canvas], ...] = (village_ceremony, disaster_post, ballot_recap, discussion_forum)


def main() -> None:
    """Write all pictures beside this script."""
    folder = Path(__file__).resolve().parent
    for number, picture in enumerate(PICTURES, start=1):
        path = folder / f"foto-{number}.jpg"
        picture().save(path)
        print(f"{path.name}: {path.stat().st_size:,} byte")


if __name__ == "__main__":
    main()
