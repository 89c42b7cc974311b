"""The windowed table: the one list widget of the app."""
