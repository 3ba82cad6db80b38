import pytest

from loyalty_pos.domain.currencies import decimals


@pytest.mark.parametrize(
    ("currency", "places"), [("IRR", 0), ("JPY", 0), ("USD", 2), ("UAH", 2), ("EUR", 2), ("KWD", 3)]
)
def test_amounts_keep_the_decimals_of_their_currency(currency: str, places: int) -> None:
    assert decimals(currency) == places
