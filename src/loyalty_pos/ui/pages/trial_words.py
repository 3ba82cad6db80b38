"""What a trial came to, line by line: what it is, how much, and the ink it is written in."""

from loyalty_pos.app.language import Language
from loyalty_pos.app.studio_views import TrialView


def trial_rows(view: TrialView, language: Language) -> list[tuple[str, str, str]]:
    """Say the purchase, what the draft and the others take off, what is paid and what is earned."""
    t, money = language.t, language.money
    rows = [(t("Purchase"), money(view.gross_minor), "text")]
    if view.off_minor:
        rows.append((t("This programme"), money(-view.off_minor), "gain"))
    if others := view.discount_minor - view.off_minor:
        rows.append((t("Other programmes"), money(-others), "text2"))
    rows.append((t("To pay"), money(view.due_minor), "text"))
    number = language.number
    for amount, name, said in (
        (view.points, t("Points"), number(view.points)),
        (view.credit_minor, t("Credit"), money(view.credit_minor)),
        (view.rewards, t("Free items for later"), number(view.rewards)),
        (view.voucher_minor, t("Voucher for the next visit"), money(view.voucher_minor)),
        (view.pledged_minor, t("For the cause"), money(view.pledged_minor)),
    ):
        if amount:
            rows.append((name, said, "gain"))
    return rows
