"""The front door: command line and terminal application."""
