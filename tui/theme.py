"""The two palettes of the app, and which theme it starts in."""

from collections.abc import Mapping

from textual.theme import Theme

DARK = Theme(
    name="rasmi-dark",
    primary="#6fb1c9",
    secondary="#8fa7b5",
    accent="#d8b26e",
    warning="#d8b26e",
    error="#e08a7d",
    success="#8dbf93",
    foreground="#d5dce1",
    background="#12171b",
    surface="#161c21",
    panel="#222b32",
    dark=True,
    variables={
        "block-cursor-background": "#2f5f73",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": "#26343d",
        "block-cursor-blurred-foreground": "#d5dce1",
        "block-cursor-blurred-text-style": "none",
        "input-cursor-background": "#d5dce1",
        "input-selection-background": "#6fb1c9 35%",
        "border": "#3c5664",
        "border-blurred": "#2a343b",
    },
)
LIGHT = Theme(
    name="rasmi-light",
    primary="#1d6b86",
    secondary="#4a6572",
    accent="#8a5a00",
    warning="#8a5a00",
    error="#ab2f27",
    success="#2b6e40",
    foreground="#22292e",
    background="#f6f7f5",
    surface="#fdfdfc",
    panel="#e5eaec",
    dark=False,
    variables={
        "block-cursor-background": "#1d6b86",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": "#cfdfe5",
        "block-cursor-blurred-foreground": "#22292e",
        "block-cursor-blurred-text-style": "none",
        "border": "#8fb0bd",
        "border-blurred": "#cdd6da",
    },
)
OURS = {DARK.name: DARK, LIGHT.name: LIGHT}
CYCLE = ("rasmi-dark", "rasmi-light", "ansi-dark", "ansi-light")
"""The themes one key goes through; the last two use the terminal's own sixteen colours."""


def first_theme(environ: Mapping[str, str]) -> str:
    """Return the theme to start in: the one asked for, else dark; plain under NO_COLOR."""
    return environ.get("TEXTUAL_THEME") or ("ansi-dark" if environ.get("NO_COLOR") else DARK.name)


def next_theme(name: str) -> str:
    """Return the theme after `name`; the first one after a theme that is not ours."""
    place = CYCLE.index(name) if name in CYCLE else -1
    return CYCLE[(place + 1) % len(CYCLE)]
