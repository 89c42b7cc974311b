"""How much one file may ask of this machine before it is refused."""

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of one reading.

    They follow from one wish: a list of 100,000 accounts with 20 columns is read in each format
    with room to spare (as CSV it is about 26 MiB, as JSON 60 MiB, its unpacked workbook 150 MiB).
    """

    file_bytes: int = 64 * MIB
    unpacked_bytes: int = 512 * MIB  # of all parts of a workbook together
    parts: int = 2_000
    ratio: int = 200  # unpacked to packed, of a whole workbook or of one part above 1 MiB
    rows: int = 200_000  # that hold something, without the header
    columns: int = 256
    cells: int = 6_000_000  # rows times columns
    elements: int = 24_000_000  # XML elements of one sheet: styled blanks cost time too
    characters: int = 96 * MIB  # of all cells together
    cell_characters: int = 1_000_000  # one real cell held 376,688
    depth: int = 8  # objects within objects of one JSON record
    memory_bytes: int = 1024 * MIB
    cpu_seconds: int = 15
    wall_seconds: int = 40


DEFAULT = Limits()
