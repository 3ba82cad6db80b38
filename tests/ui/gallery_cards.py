"""The cards of the page of all widgets, filled with a café's counter."""

from typing import cast

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from loyalty_pos.ui import icons, theme
from loyalty_pos.ui.widgets import (
    Action,
    AmountField,
    BalanceTile,
    Banner,
    BenefitRow,
    Btn,
    Candidate,
    CandidateList,
    Card,
    Chip,
    EarnItem,
    EarnStrip,
    Elide,
    IconBtn,
    Keypad,
    ScanTarget,
    Segmented,
    Skeleton,
    Stamps,
    Stepper,
    TierRing,
    Toast,
    TotalBar,
    Tx,
    WhyPanel,
    WhyRow,
    WhySection,
)
from tests.ui.samples import Sample


def across(*widgets: QWidget, gap: int = 10) -> QWidget:
    """Put widgets side by side."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.px(gap))
    for widget in widgets:
        row.addWidget(widget)
    return holder


def member_card(s: Sample) -> Card:
    speech, card = s.language, Card()
    name = Elide(s.say("سارا احمدی", "Sara Ahmadi"), "name")
    detail = Elide(
        speech.phone("+989123456789") + s.say(" · عضو از ۱۴۰۳", " · since 2024"), "secondary", "text2"
    )
    way = Elide(s.say("۷۴۰٬۰۰۰ تومان دیگر تا پلاتین", "740,000 T to Platinum"), "secondary", "reward_text")
    head, texts = QWidget(), QVBoxLayout()
    row = QHBoxLayout(head)
    row.setContentsMargins(0, 0, 0, 0)
    first = across(name, Chip(s.say("طلایی", "Gold"), "gold", icon="crown"), gap=8)
    cast(QHBoxLayout, first.layout()).addStretch(1)
    texts.setSpacing(1)
    for widget in (first, detail, way):
        texts.addWidget(widget)
    row.addWidget(
        TierRing(s.say("س", "SA"), 0.7, tier="gold", name=s.say("سارا احمدی، طلایی", "Sara Ahmadi, gold"))
    )
    row.addLayout(texts, 1)
    card.body.addWidget(head)
    card.body.addWidget(
        Banner("reward", text=s.say("همیشگی: لاته‌ی دبل با شیر کم‌چرب", "Usual: double latte, low-fat milk"))
    )
    card.body.addWidget(tiles(s))
    card.body.addWidget(drinks(s, 4, 1))
    card.body.addWidget(
        Stamps(
            speech,
            s.say("صبحانه", "Breakfast"),
            2,
            2,
            8,
            "croissant",
            s.say("۴ مهر دیگر تا صبحانه‌ی رایگان", "4 more to a free breakfast"),
        )
    )
    card.body.addWidget(Stamps(speech, s.say("نان", "Bread"), 3, 0, 12, "bread", ""))
    return card


def drinks(s: Sample, have: int, pending: int) -> Stamps:
    note = s.say("با این خرید کامل شد: این نوشیدنی رایگان است", "Completed by this sale: this drink is free")
    return Stamps(s.language, s.say("نوشیدنی", "Drinks"), have, pending, 5, "cup", note)


def tiles(s: Sample) -> QWidget:
    number, unit = s.language.number, s.say("تومان", "T")
    return across(
        BalanceTile(
            "star", s.say("امتیاز", "Points"), number(1240), sub=s.say("= ۶۲٬۰۰۰ تومان", "= 62,000 T")
        ),
        BalanceTile(
            "wallet",
            s.say("اعتبار", "Credit"),
            number(86000),
            unit,
            s.say("۲۰ هزار تا ۵ روز دیگر", "20k expires in 5 d"),
            sub_color="reward_text",
            icon_color="reward_text",
        ),
        BalanceTile(
            "clock",
            s.say("این ماه", "This month"),
            number(6),
            s.say("بازدید", "visits"),
            s.say("آخرین: دیروز", "last: yesterday"),
        ),
        gap=8,
    )


def benefits(s: Sample) -> list[BenefitRow]:
    free, tier, credit, unused, fixed = (BenefitRow() for _ in range(5))
    minus = s.language.money
    free.set_content(
        s.say("پنجمین نوشیدنی رایگان", "Fifth drink free"),
        s.say("۴ مهر داشت و این، پنجمین نوشیدنی است", "had 4 stamps; this is the 5th drink"),
        minus(-1280000, unit=False),
        keycap="Alt 1",
    )
    tier.set_content(
        s.say("تخفیف سطح طلایی، ۵٪", "Gold tier, 5% off"),
        s.say("روی باقی فاکتور (۳۴۱٬۰۰۰)", "on the remaining 341,000"),
        minus(-170500, unit=False),
        keycap="Alt 2",
    )
    credit.set_content(
        s.say("استفاده از اعتبار", "Use store credit"),
        s.say("۲۰٬۰۰۰ تومان آن فقط تا ۵ روز دیگر", "20,000 of it expires in 5 days"),
        minus(860000, unit=False),
        state="available",
        keycap="F6",
    )
    unused.set_content(
        s.say("کوپن تولد", "Birthday voucher"),
        s.say("تخفیف سطح بیشتر به نفع مشتری است", "the tier discount saves more"),
        state="not_used",
    )
    fixed.set_content(
        s.say("قیمت عضو", "Member price"),
        s.say("همیشه برای عضوها", "always for members"),
        minus(-50000, unit=False),
        declinable=False,
    )
    return [free, tier, credit, fixed, unused]


def sale_card(s: Sample) -> Card:
    speech, card = s.language, Card()
    mode = Segmented(
        [("amount", s.say("فقط مبلغ", "Amount only")), ("items", s.say("با اقلام", "With items"))]
    )
    head = across(Tx(s.say("فروش", "Sale"), "section"), mode)
    amount = AmountField(speech, s.say("مبلغ خرید", "Sale amount"), minor_per_unit=10)
    amount.value_minor = 4_690_000
    amount.setObjectName("amount")
    one, two = (
        Stepper(speech, "cup", s.say("نوشیدنی", "Drinks"), "*"),
        Stepper(speech, "croissant", s.say("صبحانه", "Breakfast"), "/"),
    )
    one.set_value(1)
    two.set_value(2)
    strip = EarnStrip(s.say("با این خرید می‌گیرد", "Earns with this sale"), s.say("چرا؟", "Why?"))
    strip.set_items(
        [
            EarnItem(
                "star",
                s.say(f"{s.plus(971)} امتیاز", "+971 pts"),
                s.say("طلایی ×۱٫۵ · پنجشنبه ×۲", "Gold ×1.5 · Thu ×2"),
            ),
            EarnItem("wallet", s.plus(6479), s.say("بازگشت ۲٪", "2% cashback")),
            EarnItem("croissant", s.say(f"{s.plus(2)} مهر", "+2 stamps"), s.say("صبحانه", "breakfast")),
        ]
    )
    total = TotalBar()
    total.set_content(
        s.say("قابل پرداخت", "To pay"),
        speech.number(323950),
        speech.money_unit(),
        s.say("۱۴۵٬۰۵۰ تومان کمتر", "saves 145,050 T"),
    )
    confirm = Btn(
        s.say("تأیید و چاپ", "Confirm & print"), "primary", icon="check", keycap="Enter", size="confirm"
    )
    hold = Btn("", "outline", icon="pause", keycap="F8", size="confirm")
    hold.setAccessibleName(s.say("نگه داشتن", "Hold"))
    for widget in (head, amount, across(one, two), *benefits(s), strip, total):
        card.body.addWidget(widget)
    row = across(confirm, hold)
    cast(QHBoxLayout, row.layout()).setStretch(0, 1)
    card.body.addWidget(row)
    card.body.addStretch(1)
    return card


def candidates(s: Sample) -> CandidateList:
    people = CandidateList(s.say("چند نفر با این رقم‌ها", "Several people"))
    phone = s.language.phone
    people.set_candidates(
        [
            Candidate(
                "1",
                s.say("سارا احمدی", "Sara Ahmadi"),
                s.say("س", "S"),
                s.say("دیروز اینجا بود · ", "yesterday · ") + phone("+989123456789", masked=True),
                s.say("طلایی", "Gold"),
                "gold",
            ),
            Candidate(
                "2",
                s.say("حمید رضایی", "Hamid Rezaei"),
                s.say("ح", "H"),
                s.say("۱۲ فروردین · ", "1 Apr · ") + phone("+989353456789", masked=True),
                s.say("برنزی", "Bronze"),
                "bronze",
            ),
            Candidate(
                "3", s.say("لیلا کاظمی", "Leila Kazemi"), s.say("ل", "L"), phone("+989193456789", masked=True)
            ),
        ]
    )
    people.setFixedHeight(people.sizeHint().height())
    return people


def why(s: Sample) -> WhyPanel:
    number = s.language.number
    panel = WhyPanel()
    times = (s.say("×۱٫۵", "×1.5"), s.say("×۲", "×2"))
    panel.set_content(
        s.say("چرا این عددها؟", "Why these figures?"),
        s.say("بستن", "Close"),
        [
            WhySection(
                s.say("۹۷۱ امتیاز از کجا آمد", "Where 971 points come from"),
                "star",
                (
                    WhyRow(
                        s.say("۳۲۳٬۹۵۰ تومان، هر ۱٬۰۰۰ تومان ۱ امتیاز", "323,950 T, 1 point per 1,000 T"),
                        s.say("۳۲۳٫۹۵", "323.95"),
                    ),
                    WhyRow(s.say("ضریب سطح طلایی", "Gold tier"), times[0]),
                    WhyRow(s.say("پنجشنبه‌ی دوبرابر، تا ساعت ۲۲", "Double Thursday, until 22:00"), times[1]),
                    WhyRow(s.say("جمع، گرد به پایین", "Sum, rounded down"), s.plus(971), "total"),
                ),
                s.say("قانون «امتیاز خرید»، نسخه‌ی ۷", "Rule “purchase points”, version 7"),
            ),
            WhySection(
                s.say("کوپن تولد اعمال نشد", "Birthday voucher not used"),
                "ticket",
                (
                    WhyRow(
                        s.say(
                            "تخفیف سطح بیشتر به نفع مشتری است؛ این دو با هم نمی‌آیند",
                            "The tier discount saves more; the two don't combine",
                        )
                    ),
                    WhyRow(s.say("تخفیف سطح", "Tier discount"), number(17050)),
                    WhyRow(s.say("کوپن تولد", "Birthday voucher"), number(10000)),
                ),
                muted=True,
            ),
        ],
    )
    panel.setMinimumHeight(theme.px(380))
    return panel


def toast(s: Sample, parent: QWidget) -> Toast:
    made = Toast(s.language, parent)
    made.show_message(
        s.say("ثبت شد: ۳۲۳٬۹۵۰ تومان", "Recorded: 323,950 T"),
        s.say("سارا · رسید چاپ شد", "Sara · receipt printed"),
        undo=s.say("برگرداندن", "Undo"),
    )
    made.pass_time(2600)
    return made


def idle_card(s: Sample) -> Card:
    card = Card()
    target = ScanTarget(name=s.say("جای اسکن", "Scan here"))
    card.body.addWidget(target, 0, Qt.AlignmentFlag.AlignHCenter)
    card.body.addWidget(
        Tx(s.say("کارت مشتری را اسکن کنید", "Scan the member's card"), "name", align="center")
    )
    hint = s.say(
        "یا چهار رقم آخر موبایل را بزنید. بدون عضویت هم می‌توانید مبلغ را وارد کنید.",
        "Or type the last four digits of the phone. You can also enter an amount without a member.",
    )
    card.body.addWidget(Tx(hint, "body", "text2", align="center", wrap=True))
    card.body.addWidget(
        across(
            Btn(s.say("عضو جدید", "New member"), "soft", icon="user-plus", keycap="F3"),
            Btn(s.say("بدون عضویت", "No member"), icon="tag", keycap="F9"),
        )
    )
    card.body.addWidget(candidates(s))
    return card


def states_card(s: Sample) -> Card:
    card = Card()
    card.body.addWidget(toast(s, card))
    card.body.addWidget(
        Banner(
            "reward",
            s.say("رسید چاپ نشد: کاغذ تمام شده", "Receipt not printed: out of paper"),
            s.say("خرید ثبت شده است؛ چیزی از دست نرفته", "The sale is recorded; nothing is lost"),
            [
                Action("again", s.say("دوباره چاپ کن", "Print again"), "primary", "printer", "F10"),
                Action("without", s.say("بدون رسید", "No receipt"), "outline", "", "Esc"),
            ],
            icon="printer",
        )
    )
    card.body.addWidget(
        Banner(
            "info",
            s.say("همین مبلغ برای سارا، ۲ دقیقه پیش ثبت شد", "Same amount for Sara, 2 minutes ago"),
            s.say("فاکتور ۱۸۹۴ · صندوق ۱", "Sale 1894 · till 1"),
            icon="copy",
        )
    )
    card.body.addWidget(
        Banner(
            "danger",
            s.say("موجودی اعتبار کافی نیست", "Not enough credit"),
            s.say("۸۶٬۰۰۰ تومان اعتبار دارد", "86,000 T of credit is left"),
        )
    )
    card.body.addWidget(
        Banner(
            "gain", s.say("برگشت: خرید ۱۸۹۴ و پاداش‌هایش", "Reversed: sale 1894 and its rewards"), icon="undo"
        )
    )
    card.body.addWidget(Skeleton(s.say("در حال خواندن", "Reading")))
    return card


def parts_card(s: Sample) -> Card:
    card = Card()
    kinds = (
        ("primary", s.say("ثبت", "Save")),
        ("soft", s.say("عضو", "Join")),
        ("outline", s.say("چاپ", "Print")),
        ("ghost", s.say("همه", "All")),
        ("danger", s.say("حذف", "Drop")),
    )
    card.body.addWidget(across(*(Btn(text, kind) for kind, text in kinds)))  # type: ignore[arg-type]
    off = Btn(s.say("خاموش", "Off"), "primary", keycap="F9")
    off.setEnabled(False)
    card.body.addWidget(
        across(
            off,
            Btn(s.say("کوچک", "Small"), size="small"),
            IconBtn("undo", s.say("برگرداندن", "Undo")),
            IconBtn("chevron-next", s.say("بعدی", "Next"), kind="outline"),
        )
    )
    chips = (
        ("plain", s.say("عادی", "Plain")),
        ("primary", s.say("فعال", "On")),
        ("reward", s.say("تولد", "Birthday")),
        ("gain", s.say("تازه", "New")),
        ("danger", s.say("در خطر", "At risk")),
    )
    card.body.addWidget(across(*(Chip(text, kind) for kind, text in chips)))  # type: ignore[arg-type]
    tiers = (
        ("bronze", s.say("برنزی", "Bronze")),
        ("silver", s.say("نقره‌ای", "Silver")),
        ("gold", s.say("طلایی", "Gold")),
        ("vip", s.say("ویژه", "VIP")),
    )
    card.body.addWidget(across(*(Chip(text, kind, icon="crown") for kind, text in tiers)))  # type: ignore[arg-type]
    rings = [
        TierRing(s.say("م", "M"), share, tier=tier, size=48)
        for tier, share in (("bronze", 0.2), ("silver", 0.5), ("gold", 0.75), ("vip", 1.0))
    ]
    card.body.addWidget(across(*rings, TierRing(s.say("ن", "N"), None, size=48)))
    card.body.addWidget(_IconSheet())
    pad = Keypad(s.language)
    pad.setMinimumHeight(theme.px(270))
    card.body.addWidget(pad)
    return card


class _IconSheet(QWidget):
    """Every icon there is."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(theme.px(190))

    def paintEvent(self, event: object) -> None:  # noqa: N802 - Qt's own name
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        side = theme.px(24)
        for place, name in enumerate(sorted(icons.names())):
            x, y = place % 9 * theme.px(38), place // 9 * theme.px(38)
            icons.paint(painter, name, QRectF(x, y, side, side), theme.color("text2"))
