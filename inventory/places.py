"""Where the inventory lives when nobody says otherwise."""

from collections.abc import Mapping
from pathlib import Path


def inventory_path(given: str | None, environ: Mapping[str, str]) -> Path:
    """Return the inventory file: the one given, else `RASMI_DB`, else in the data folder."""
    named = given or environ.get("RASMI_DB")
    if named:
        return Path(named).expanduser()
    from platformdirs import user_data_path

    return user_data_path("rasmi") / "inventory.db"
