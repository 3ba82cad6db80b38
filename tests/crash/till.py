"""A till that answers `loyalty-pos do`, with everything it needs already imported."""

from pathlib import Path
from typing import BinaryIO

from loyalty_pos import bootstrap
from loyalty_pos.cli.door import Door


def serve(shop: Path, requests: BinaryIO, answers: BinaryIO) -> None:
    """Open the shop and answer until the requests end."""
    door = Door(shop, bootstrap.open_shop, bootstrap.languages())
    door.serve(requests, answers)
    door.close()
