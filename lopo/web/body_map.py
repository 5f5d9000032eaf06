"""A picture of the body of which each part of the law's table can be chosen, by pointer or by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_WIDTH: Final = 200
_Box = tuple[int, int, int, int, int]
_RIGHT: Final[tuple[tuple[str, _Box], ...]] = (
    ("lengan_dari_bahu_kanan", (40, 95, 22, 70, 9)),
    ("lengan_dari_siku_kanan", (34, 168, 20, 60, 8)),
    ("tangan_dari_pergelangan_kanan", (31, 231, 24, 20, 6)),
    ("jari_lain_kanan", (29, 254, 14, 20, 5)),
    ("telunjuk_kanan", (45, 254, 9, 22, 4)),
    ("ibu_jari_kanan", (58, 236, 10, 20, 5)),
)
"""Of the right arm, as one looks at the person: on the left of the picture. The left arm is its mirror."""
_BOTH: Final[tuple[tuple[str, _Box], ...]] = (
    ("satu_mata_atau_penglihatan_ganda_dekat", (83, 42, 13, 9, 4)),
    ("satu_daun_telinga", (67, 42, 8, 18, 4)),
    ("satu_kaki_dari_pangkal_paha", (68, 216, 30, 100, 10)),
    ("kaki_memendek_kurang_5_cm", (70, 319, 26, 60, 9)),
    ("satu_kaki_dari_mata_kaki", (62, 382, 34, 15, 6)),
    ("ibu_jari_kaki", (86, 400, 10, 10, 4)),
    ("jari_kaki_lain", (62, 400, 22, 9, 4)),
)
"""Of either side alike."""
_MIDDLE: Final[tuple[tuple[str, _Box], ...]] = (
    ("kulit_kepala_terkelupas_tiap_persen", (78, 14, 44, 20, 10)),
    ("cuping_hidung", (95, 52, 10, 13, 4)),
)


@dataclass(frozen=True)
class BodyPart:
    """One part that can be chosen: its code in the law's table and its box in the picture (200 wide, 415 high)."""

    code: str
    x: int
    y: int
    width: int
    height: int
    round: int


def body_map() -> tuple[BodyPart, ...]:
    """Give the parts from head to foot, right before left."""
    return tuple(sorted(_parts(), key=lambda one: (one.y, one.x)))


def _parts() -> Iterator[BodyPart]:
    for code, box in _MIDDLE:
        yield BodyPart(code, *box)
    for code, box in _RIGHT:
        yield BodyPart(code, *box)
        yield _mirrored(code.removesuffix("kanan") + "kiri", box)
    for code, box in _BOTH:
        yield BodyPart(code, *box)
        yield _mirrored(code, box)


def _mirrored(code: str, box: _Box) -> BodyPart:
    x, y, width, height, corner = box
    return BodyPart(code, _WIDTH - x - width, y, width, height, corner)
