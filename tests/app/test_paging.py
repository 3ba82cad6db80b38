"""Every list has a most of its own, which the shop's door keeps and the page of commands names."""

import dataclasses
from typing import Any, get_args, get_type_hints

import pytest

from loyalty_pos.app.paging import ROWS_AT_MOST
from loyalty_pos.app.queries import Query
from loyalty_pos.domain.errors import InvalidRequest
from tests.shop import Shop

LISTS = sorted(
    (each for each in get_args(Query) if any(field.name == "limit" for field in dataclasses.fields(each))),
    key=lambda each: str(each.__name__),
)


def asked(record: type[Any], **limit: int) -> Any:
    """Ask for a page of a list by names that nothing has."""
    hints = get_type_hints(record)
    needed = {
        field.name: "x" if hints[field.name] is str else 1
        for field in dataclasses.fields(record)
        if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    }
    return record(**needed, **limit)


def test_every_list_has_a_most_of_its_own() -> None:
    assert set(LISTS) == set(ROWS_AT_MOST)


@pytest.mark.parametrize("record", LISTS, ids=lambda record: record.__name__)
def test_a_page_has_a_row_at_least_and_no_more_than_its_list_gives(shop: Shop, record: type[Any]) -> None:
    most = ROWS_AT_MOST[record]
    assert 1 <= asked(record).limit <= most
    for limit in (-1, 0, most + 1):
        with pytest.raises(InvalidRequest) as refused:
            shop.service.ask(asked(record, limit=limit))
        facts = {"field": "limit", "problem": "out_of_range", "low": 1, "high": most}
        assert refused.value.facts == facts
