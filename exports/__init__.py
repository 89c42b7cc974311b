"""What leaves the house: the management workbook and other files."""
