"""What a spreadsheet calls its columns and cells."""


def letters(column: int) -> str:
    """Return the letters of a column counted from 0."""
    said = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        said = chr(ord("A") + rest) + said
    return said


def cell_name(row: int, column: int) -> str:
    """Return the name of a cell: row from 1, column from 0."""
    return f"{letters(column)}{row}"
