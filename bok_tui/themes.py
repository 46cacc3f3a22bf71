"""Our three themes. Colours support; what matters is always a word or a sign as well."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="dark",
    primary="#5fafd7",
    secondary="#87afaf",
    accent="#ffaf5f",
    warning="#ffd75f",
    error="#ff8787",
    success="#87d787",
    foreground="#e4e4e4",
    background="#1c1c1c",
    surface="#262626",
    panel="#303030",
    dark=True,
    variables={
        "faint": "#a8a8a8",
        "field": "#303030",
        "field-focus": "#4e4e4e",
        "hint": "#a8a8a8",
        "rule": "#4e4e4e",
        "block-cursor-background": "#1f4f68",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": "#1f4f68",
        "block-cursor-blurred-foreground": "#ffffff",
        "block-hover-background": "#1f4f68",
        "input-selection-background": "#2f5f78",
    },
)
LIGHT = Theme(
    name="light",
    primary="#005f87",
    secondary="#3a5f5f",
    accent="#875f00",
    warning="#875f00",
    error="#af0000",
    success="#005f00",
    foreground="#1c1c1c",
    background="#ffffff",
    surface="#eeeeee",
    panel="#dadada",
    dark=False,
    variables={
        "faint": "#5a5a5a",
        "field": "#dadada",
        "field-focus": "#c6e2f0",
        "hint": "#5a5a5a",
        "rule": "#a8a8a8",
        "block-cursor-background": "#c6e2f0",
        "block-cursor-foreground": "#000000",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": "#c6e2f0",
        "block-cursor-blurred-foreground": "#000000",
        "block-hover-background": "#c6e2f0",
        "input-selection-background": "#a8d0e6",
    },
)
CONTRAST = Theme(
    name="contrast",
    primary="#ffff00",
    secondary="#ffffff",
    accent="#00ffff",
    warning="#ffff00",
    error="#ff8080",
    success="#80ff80",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
    dark=True,
    text_alpha=1.0,
    variables={
        "faint": "#ffffff",
        # among sixteen colours as well, a field must be seen to be one
        "field": "#000080",
        "field-focus": "#000080",
        "hint": "#c0c0c0",
        "rule": "#ffffff",
        "block-cursor-background": "#ffff00",
        "block-cursor-foreground": "#000000",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": "#ffff00",
        "block-cursor-blurred-foreground": "#000000",
        "block-hover-background": "#ffff00",
        "input-selection-background": "#00ffff 50%",
    },
)
OTHERWISE = {name: DARK.variables[name] for name in ("faint", "rule", "field", "field-focus", "hint")}
"""Our own variables in a theme that is not ours: quiet words, lines between parts, fields and what
may be typed there."""
THEMES = {theme.name: theme for theme in (DARK, LIGHT, CONTRAST)}


def next_theme(name: str) -> str:
    """Return the theme after `name`, in a circle."""
    names = list(THEMES)
    return names[(names.index(name) + 1) % len(names)] if name in names else names[0]
