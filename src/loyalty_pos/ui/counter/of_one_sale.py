"""Which of the counter's fields belong to the sale on it, and what each goes with: the one list of them.

Whatever clears a sale, brings a change of it back, puts it on hold or keeps it over a crash goes by this
list, so that nothing of one customer is left to the next.
"""

LOOKED_FOR = ("search", "lookup", "candidates", "nobody", "join", "receipt")
"""What was looked for or begun besides a member, and is closed as one."""

ASKED = (*LOOKED_FOR, "link_card")
"""Who somebody may be, until it is known."""

SOLD = ("amount_minor", "items", "item_chosen", "cards_sold", "contact", "exchange")
"""What is sold, to whom goods without a member belong, and what comes back for it."""

SOUGHT = ("item_search", "found", "add_wanted")
"""Goods that are looked for."""

FOR_MEMBER = (
    "free_skus", "counts", "declined", "accepted", "credit_on", "credit_part_minor", "points", "on_account",
    "vouchers",
)  # fmt: skip
"""What was chosen for the member, and goes with them."""

HANDED = ("codes", "gift_cards")
"""What was handed over, whoever it is."""

PRICE = (
    "exchanged", "quote", "quoted", "sale_id", "confirm_wanted", "why_open", "said", "pay", "duplicate",
    "trail",
)  # fmt: skip
"""What it comes to, and what is asked and said about that."""

OF_ONE_SALE = (*ASKED, "member", *SOLD, *SOUGHT, *FOR_MEMBER, *HANDED, *PRICE)

MADE = tuple(
    name
    for name in (*ASKED, "member", "mode", *SOLD, *SOUGHT, *FOR_MEMBER, *HANDED)
    if name not in ("lookup", "found", "add_wanted")
)
"""What a cashier made of it, and Ctrl Z brings back; answers on their way come anew."""
