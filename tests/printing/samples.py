"""Plausible papers of a Persian and an English shop."""

from dataclasses import replace

from loyalty_pos.app.papers import NARROW_DOTS, CardPaper, ReceiptPaper, StampRow, VoucherPaper


def isolated(text: str) -> str:
    return f"\u2066{text}\u2069"


LONG_NAME = "سید محمدرضا حسینی‌پور طباطبایی اصل خراسانی‌نژاد شیرازی‌زادهٔ بزرگ مقیم تهران و حومه"
HUGE_RIAL = "۱٬۰۰۰٬۰۰۰٬۰۰۰٬۰۰۰ ریال"

RECEIPT_FA = ReceiptPaper(
    language="fa",
    shop_name="کافه‌نانوایی نارون",
    title="رسید باشگاه مشتریان",
    date_text="۱۴۰۵/۰۱/۲۷ · ۱۸:۴۲",
    sale_text="شمارهٔ ۱۸۹۴",
    member_text="سارا ا.",
    phone_text=isolated("۰۹۱۲ ••• ۶۷۸۹"),
    lines=[
        ("جمع خرید", "۱۲٬۵۰۰٬۰۰۰"),
        ("پنجمین نوشیدنی رایگان", isolated("−۱۲۸٬۰۰۰")),
        ("تخفیف پیش‌فرض", isolated("−۱۷٬۰۵۰")),
    ],
    paid_label="پرداخت",
    paid_text="۱۲٬۳۵۴٬۹۵۰ تومان",
    saved_text="سود شما از باشگاه: ۱۴۵٬۰۵۰ تومان",
    earned_title="با این خرید گرفتید",
    earned=[
        ("امتیاز", isolated("+۹۶۹"), "مانده ۲٬۲۰۹"),
        ("اعتبار کیف", isolated("+۶٬۴۷۹"), "مانده ۹۲٬۴۷۹"),
    ],
    notes=["هزینهٔ بسته‌بندی با ما می‌باشد"],
    stamps=[StampRow(name="نوشیدنی، کارت تازه", have=0, needed=5), StampRow(name="صبحانه", have=4, needed=8)],
    stamp_counts=["۰ از ۵", "۴ از ۸"],
    why=["چرا؟ ۴ مهر داشتید و این خرید پنجمین نوشیدنی بود."],
    barcode="2700001894",
    barcode_text="شمارهٔ پیگیری ۱۸۹۴",
    footer=["سلام، اطلاعات خرید پیش شماست.", "این برگه فاکتور رسمی نیست."],
)

RECEIPT_EN = ReceiptPaper(
    language="en",
    shop_name="Naron Bakery Café",
    title="Club receipt",
    date_text="16 Apr 2026 · 18:42",
    sale_text="No. 1894",
    member_text="Sara A.",
    phone_text=isolated("0912 ••• 6789"),
    lines=[("Subtotal", "469,000"), ("Every 5th drink free", isolated("−128,000"))],
    paid_label="Paid",
    paid_text="341,000 T",
    saved_text="You saved 128,000 T with the club",
    earned_title="Earned with this purchase",
    earned=[("Points", isolated("+969"), "now 2,209")],
    stamps=[StampRow(name="Breakfast", have=4, needed=8)],
    stamp_counts=["4/8"],
    why=["You had 4 stamps and this was the 5th drink."],
    barcode="2700001894",
    barcode_text="Tracking no. 1894",
    footer=["Not an official invoice."],
)

VOUCHER_FA = VoucherPaper(
    language="fa",
    shop_name="کافه‌نانوایی نارون",
    for_text="هدیه برای سارا",
    value_text="۳۰٬۰۰۰ تومان",
    condition_text="روی خرید بعدی، از ۱۰۰٬۰۰۰ تومان به بالا",
    barcode="2912345678901234567890123456",
    code_text="7K2M4P-9QXC3T-VB8N5W",
    expiry_text="تا ۱۵ اردیبهشت ۱۴۰۵",
    terms=["یک‌بار مصرف · نقد نمی‌شود"],
)

VOUCHER_EN = VoucherPaper(
    language="en",
    shop_name="Naron Bakery Café",
    for_text="A gift for Sara",
    value_text="One drink free",
    condition_text="any drink up to 150,000 T",
    barcode="2912345678901234567890123456",
    code_text="7K2M4P-9QXC3T-VB8N5W",
    expiry_text="until 5 May 2026",
    terms=["Use once"],
)

LONG_RECEIPT = replace(
    RECEIPT_FA,
    shop_name=LONG_NAME,
    member_text=LONG_NAME,
    lines=[(LONG_NAME, HUGE_RIAL), ("جمع خرید", HUGE_RIAL), (LONG_NAME, HUGE_RIAL * 3)],
    paid_text=HUGE_RIAL,
    paid_label=LONG_NAME,
    earned=[("امتیاز", isolated("+۱٬۰۰۰٬۰۰۰٬۰۰۰٬۰۰۰"), f"مانده {HUGE_RIAL}"), (LONG_NAME, "۱", "۲")],
    notes=[LONG_NAME],
    stamps=[
        StampRow(name=LONG_NAME, have=3, needed=12),
        StampRow(name="نان", have=30, needed=50),
        StampRow(name="قهوه", have=70, needed=1000),
    ],
    stamp_counts=["۳ از ۱۲", "۳۰ از ۵۰", "۷۰ از ۱٬۰۰۰"],
    footer=[LONG_NAME],
    copy_text=LONG_NAME,
)

LONG_VOUCHER = replace(
    VOUCHER_FA,
    shop_name=LONG_NAME,
    for_text=f"هدیه برای {LONG_NAME}",
    value_text=f"پنجمین نوشیدنی رایگان تا سقف {HUGE_RIAL}، {LONG_NAME}",
    expiry_text=LONG_NAME,
    terms=[LONG_NAME, "ن" * 300],
    copy_text="المثنی",
)

NARROW: dict[str, ReceiptPaper | VoucherPaper] = {
    "receipt-fa": replace(RECEIPT_FA, width_dots=NARROW_DOTS),
    "receipt-en": replace(RECEIPT_EN, width_dots=NARROW_DOTS),
    "voucher-fa": replace(VOUCHER_FA, width_dots=NARROW_DOTS),
    "voucher-en": replace(VOUCHER_EN, width_dots=NARROW_DOTS),
    "long-receipt": replace(LONG_RECEIPT, width_dots=NARROW_DOTS),
    "long-voucher": replace(LONG_VOUCHER, width_dots=NARROW_DOTS),
}

CARD_FA = CardPaper(
    language="fa",
    club_text="کافه‌نانوایی نارون",
    under_text="باشگاه مشتریان",
    member_text="سارا احمدی",
    number_text="2200 0000 17",
    tier_text="طلایی",
    barcode="2200000017",
    return_text="کارت را هنگام خرید نشان دهید. اگر پیدا کردید، لطفاً به کافه بدهید.",
)

CARD_EN = CardPaper(
    language="en",
    club_text="Naron Bakery Café",
    under_text="Members' club",
    member_text="Sara Ahmadi",
    number_text="2200 0000 17",
    barcode="2200000017",
    return_text="Show this card when you buy. Whoever finds it, please bring it to the café.",
)

LONG_CARD = replace(
    CARD_FA,
    club_text=LONG_NAME,
    under_text=LONG_NAME,
    member_text=LONG_NAME,
    tier_text=LONG_NAME,
    number_text="1234 5678 " * 4,
    barcode="12345678" * 4,
    return_text=f"{LONG_NAME} " * 3,
)
