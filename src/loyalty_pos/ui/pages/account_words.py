"""What the counter says about sales on account."""

from loyalty_pos.app.language import Language


def account_remarks(number: str, language: Language) -> dict[str, tuple[str, str]]:
    """Say by code what became of a payment."""
    return {
        "settled": (language.t("The payment for sale {number} is taken in", number=number), ""),
        "not_on_account": (language.t("Nothing of sale {number} is left to pay", number=number), ""),
    }
