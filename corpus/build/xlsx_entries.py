"""Cell formats for figures that a person enters: with the kit's `input` a whole number is shown as `158.`."""

from kit_xlsx import FORMATS

_LOOK = {"border": 1, "font_color": "#0000FF", "bg_color": "#FFF2CC"}
FORMATS["entry"] = {**_LOOK, "num_format": "#,##0"}
FORMATS["entry1"] = {**_LOOK, "num_format": "#,##0.0"}
