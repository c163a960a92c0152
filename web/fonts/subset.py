"""Make the font files of this folder from the fontsource packages.

How they were made (fonttools 4 and brotli, in an environment of their own):

    npm pack @fontsource-variable/fraunces @fontsource-variable/figtree @fontsource-variable/atkinson-hyperlegible-next
    (unpack each into SOURCES/<name>/)
    python web/fonts/subset.py SOURCES

The faces of the interface keep one axis, the weight, over the range that the pages use. Fraunces is pinned to one
weight, a large optical size and soft corners: a warmer letter for questions, in an eighth of the bytes. Two files
a family, split by alphabet, so that a page in English fetches the first alone. Prints the metrics that the local
fallbacks in css/base.css are matched to.
"""

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

HERE = Path(__file__).parent
LATIN = [*range(0x20, 0x7F), *range(0xA0, 0x100), 0x131, 0x152, 0x153, 0x2C6, 0x2DA, 0x2DC]
LATIN += [*range(0x2010, 0x2028), 0x2030, 0x2032, 0x2033, 0x2039, 0x203A, 0x20AC, 0x2122, 0x2190, 0x2192, 0x2212]
LATIN_EXT = [code for code in (*range(0x100, 0x180), *range(0x218, 0x21C)) if code not in LATIN]
SAMPLE = "the two of us would like to say how we are today and what would help, when you like"


@dataclass(frozen=True)
class Family:
    """One family: its package folder, the stem of its files there, and each axis pinned or narrowed."""

    name: str
    stem: str
    axes: dict[str, float | tuple[int, int]]


FAMILIES = [
    Family("fraunces", "fraunces-{}-full-normal", {"wght": 420, "opsz": 40, "SOFT": 70, "WONK": 0}),
    Family("figtree", "figtree-{}-wght-normal", {"wght": (400, 700)}),
    Family("atkinson-hyperlegible-next", "atkinson-hyperlegible-next-{}-wght-normal", {"wght": (400, 700)}),
]


def cut(source: Path, family: Family, codes: list[int]) -> TTFont:
    """Take one source file and give the font with the wanted characters and the weight axis alone."""
    font = TTFont(source)
    options = Options()
    options.layout_features = ["kern", "liga", "ccmp", "locl", "mark", "mkmk"]
    options.hinting = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    instancer.instantiateVariableFont(font, family.axes, inplace=True)
    font.flavor = "woff2"
    return font


def metrics(font: TTFont) -> str:
    """Give the vertical metrics and the mean width of a plain sentence, all in ems."""
    em, cmap, widths = font["head"].unitsPerEm, font.getBestCmap(), font["hmtx"].metrics
    line, os2 = font["hhea"], font["OS/2"]
    width = sum(widths[cmap[ord(letter)]][0] for letter in SAMPLE) / len(SAMPLE) / em
    return (
        f"ascent {line.ascent / em:.4f} descent {-line.descent / em:.4f} gap {line.lineGap / em:.4f} "
        f"x-height {os2.sxHeight / em:.4f} mean width {width:.4f}"
    )


def main(sources: Path) -> None:
    """Write every family's two files and its licence beside this script."""
    for family in FAMILIES:
        package = sources / family.name
        shutil.copy(package / "LICENSE", HERE / f"{family.name}.OFL.txt")
        for part, codes in (("latin", LATIN), ("latin-ext", LATIN_EXT)):
            font = cut(package / "files" / (family.stem.format(part) + ".woff2"), family, codes)
            target = HERE / f"{family.name}-{part}.woff2"
            font.save(target)
            print(f"{target.name}: {target.stat().st_size} bytes, {metrics(font) if part == 'latin' else ''}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
