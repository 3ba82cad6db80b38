"""Every golden case that is built has a test named after it, through the shop's door."""

import re
from pathlib import Path

import pytest

SYSTEMS = tuple(f"p{number}" for number in range(1, 19))
CASES = tuple(number for number in range(1, 20) if number != 9)  # 9 is about two processes: tests/store
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
