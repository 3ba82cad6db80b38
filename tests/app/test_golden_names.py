"""Every golden case that is built has a test named after it, through the shop's door."""

import re
from pathlib import Path

import pytest

SYSTEMS = ("p1", "p2", "p3", "p7", "p8", "p9", "p13", "p15", "p17", "p10", "p11", "p14", "p16")
CASES = (1, 3, 4, 5, 6, 7, 8, 10, 11, 13, 14, 15, 16, 17, 18)
NAMES = [
    name
    for path in sorted(Path(__file__).parent.glob("test_*.py"))
    for name in re.findall(r"^def (test_\w+)\(", path.read_text(encoding="utf-8"), re.MULTILINE)
]


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_system_has_its_golden_case(system: str) -> None:
    assert [name for name in NAMES if re.search(rf"_{system}(_|$)", name)]


@pytest.mark.parametrize("case", CASES)
def test_every_golden_case_of_the_rules_has_its_test(case: int) -> None:
    assert [name for name in NAMES if re.search(rf"_golden_{case}(_|$)", name)]
