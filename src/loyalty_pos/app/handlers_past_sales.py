"""Sales that stand on record: one, its reasons, the last ones."""

from loyalty_pos.app.desk import Desk
from loyalty_pos.app.handlers_sales import stored_sale
from loyalty_pos.app.queries import RecentSales, Sale, Why
from loyalty_pos.app.records import record_of
from loyalty_pos.app.sale_views import sale_view, trace_of
from loyalty_pos.app.views import RecentSalesView, SaleView, WhyView


def sale(desk: Desk, query: Sale) -> SaleView:
    return sale_view(desk, stored_sale(desk, query.sale_id))


def why(desk: Desk, query: Why) -> WhyView:
    found = stored_sale(desk, query.sale_id)
    return WhyView(sale_id=found.sale_id, trace=trace_of(desk, record_of(found)))


def recent_sales(desk: Desk, query: RecentSales) -> RecentSalesView:
    return RecentSalesView(
        sales=tuple(sale_view(desk, row) for row in desk.store.sales.recent(desk.till, query.limit))
    )
