"""Files that older programs made, one for every form a shop's file ever had on the way here.

Each was written by the program of its day: members, sales, a void and, where it could, levels, a name
given afterwards and a refund. With a migration that goes out, the file of the form before it comes in.
"""

import gzip
from pathlib import Path

FIXTURES = Path(__file__).with_name("fixtures")
OLDER = tuple(sorted(int(path.name[5:9]) for path in FIXTURES.glob("shop-*.db.gz")))


def older_file(version: int, path: Path) -> None:
    """Lay the file of an older program and its key at `path`."""
    path.write_bytes(gzip.decompress((FIXTURES / f"shop-{version:04}.db.gz").read_bytes()))
    path.with_name(path.name + ".key").write_bytes((FIXTURES / f"shop-{version:04}.key").read_bytes())
