"""What goes on a receipt and a voucher, put into words; `printing` only draws it."""

from loyalty_pos.app.language import Language
from loyalty_pos.app.papers import WIDE_DOTS, ReceiptPaper, StampRow, VoucherPaper
from loyalty_pos.app.views import CoveredView, MemberView, SaleView, ShopView, TraceView, VoucherView
from loyalty_pos.domain.identifiers import receipt_barcode

WHY_AT_MOST = 3


def receipt_paper(
    sale: SaleView,
    shop: ShopView,
    member: MemberView | None,
    language: Language,
    *,
    copy: bool = False,
    width_dots: int = WIDE_DOTS,
) -> ReceiptPaper:
    """Put a recorded sale on paper, with the balances it left and the reasons it gave.

    `copy` marks the paper as a reprint.
    """
    cards = [
        (programme.name, sale.balances.progress[programme.key])
        for programme in shop.programmes
        if member is not None and programme.kind == "stamp_card" and programme.key in sale.balances.progress
    ]
    return ReceiptPaper(
        language=language.code,
        shop_name=language.name(shop.name),
        title=language.t("Members' club receipt"),
        date_text=f"{language.day_short(sale.business_day)} · {language.clock(sale.at_ms)}",
        sale_text=language.t(
            "till {till} · no. {number}",
            till=language.digits(sale.till),
            number=language.digits(str(sale.number)),
        ),
        member_text=called_on_paper(member, language),
        phone_text=language.phone(member.phone, masked=True) if member and member.phone else "",
        lines=(*_goods(sale, language), *_rewards(sale, language)),
        paid_label=language.t("To pay"),
        paid_text=language.money(sale.due_minor),
        saved_text=_saved(sale, language),
        earned_title=language.t("With this purchase") if member else "",
        earned=_earned(sale, language) if member else (),
        notes=_notes(sale, language),
        stamps=[StampRow(name=language.name(name), have=p.have, needed=p.step) for name, p in cards],
        stamp_counts=[
            language.t("{have} of {needed}", have=language.number(p.have), needed=language.number(p.step))
            for _, p in cards
        ],
        why=_why(sale, language),
        barcode=receipt_barcode(sale.number),
        barcode_text=language.t(
            "Tracking no. {number}", number=language.isolate(receipt_barcode(sale.number))
        ),
        footer=(
            language.t("Bring this slip to return something."),
            language.t("This slip is not an official invoice."),
        ),
        copy_text=language.t("Copy") if copy else "",
        width_dots=width_dots,
    )


def trial_paper(shop: ShopView, language: Language, *, width_dots: int = WIDE_DOTS) -> ReceiptPaper:
    """Put on paper what shows whether a printer does its work: letters, digits, bars, both margins."""
    return ReceiptPaper(
        language=language.code,
        shop_name=language.name(shop.name),
        title=language.t("Test page"),
        date_text="",
        sale_text=language.t("till {till}", till=language.digits(shop.till)),
        lines=((language.t("Letters and digits"), language.number(1_234_567_890)),),
        paid_label=language.t("To pay"),
        paid_text=language.money(0),
        barcode=receipt_barcode(0),
        barcode_text=language.isolate(receipt_barcode(0)),
        width_dots=width_dots,
        footer=(language.t("When the bars can be scanned and both edges are there, the printer is ready."),),
    )


def voucher_paper(
    voucher: VoucherView, shop: ShopView, language: Language, *, width_dots: int = WIDE_DOTS
) -> VoucherPaper:
    """Put a reward with its code on paper."""
    if voucher.expires_on is None:
        expiry = language.t("No end date")
    else:
        expiry = language.t("Until {day}", day=language.day(voucher.expires_on))
    return VoucherPaper(
        language=language.code,
        shop_name=language.name(shop.name),
        for_text=(
            language.t("A gift for {name}", name=language.name(short_name(voucher.member_name)))
            if voucher.member_name
            else language.t("A gift for you")
        ),
        value_text=voucher.sentence.said(language.code),
        condition_text=(
            language.t("From {day} on one of your purchases", day=language.day(voucher.from_day))
            if voucher.from_day
            else language.t("On one of your next purchases")
        ),
        barcode=voucher.barcode,
        code_text=voucher.code,
        expiry_text=expiry,
        terms=(language.t("Good for one use, for its member only. Not paid out in money."),),
        copy_text=language.t("Copy") if voucher.copy else "",
        width_dots=width_dots,
    )


def called_on_paper(member: MemberView | None, language: Language) -> str:
    """Name a member on paper; empty for nobody, and for whoever is known by a card or phone alone."""
    return language.name(short_name(member.name)) if member and member.name else ""


def short_name(name: str) -> str:
    """Shorten a name for paper that others may see: the first name and an initial."""
    first, _, rest = name.partition(" ")
    return f"{first} {rest.split(' ')[-1][0]}." if rest else first


def _goods(sale: SaleView, language: Language) -> list[tuple[str, str]]:
    sold = [
        (
            language.n("{count} gift card sold", "{count} gift cards sold", one.count),
            language.money(one.face_minor * one.count, unit=False),
        )
        for one in sale.sold
    ]
    if sale.amount_mode:
        return [(language.t("Purchase"), language.money(sale.gross_minor, unit=False)), *sold]
    rows = []
    for line in sale.lines:
        name = language.name(line.text) if line.text else language.t("Item")
        if line.quantity > 1:
            name = language.t("{count} × {name}", count=language.number(line.quantity), name=name)
        rows.append((name, language.money(line.gross_minor, unit=False)))
    return [*rows, *sold]


def _rewards(sale: SaleView, language: Language) -> list[tuple[str, str]]:
    rows = [
        (language.name(line.programme_name), language.money(-line.benefit_minor, unit=False))
        for line in sale.trace
        if line.benefit_minor
    ]
    till = sale.discount_minor - sum(line.benefit_minor for line in sale.trace)
    if till:
        rows.append((language.t("Discount at the till"), language.money(-till, unit=False)))
    for paid in sale.gift_cards:
        title = language.t(
            "Gift card {number}, {money} stays on it",
            number=language.number(paid.card),
            money=language.money(paid.left_minor, unit=False),
        )
        rows.append((title, language.money(-paid.amount_minor, unit=False)))
    if sale.paid_by.credit_minor:
        rows.append((language.t("Paid with credit"), language.money(-sale.paid_by.credit_minor, unit=False)))
    if sale.paid_by.points_minor:
        rows.append((language.t("Paid with points"), language.money(-sale.paid_by.points_minor, unit=False)))
    return rows


def _saved(sale: SaleView, language: Language) -> str:
    saved = sum(line.benefit_minor for line in sale.trace)
    return language.t("You saved {amount} as a member", amount=language.money(saved)) if saved else ""


def _earned(sale: SaleView, language: Language) -> list[tuple[str, str, str]]:
    rows = []
    if sale.earned.points:
        balance = language.t("balance {amount}", amount=language.number(sale.balances.points))
        rows.append((language.t("Points"), _plus(language.number(sale.earned.points), language), balance))
    if sale.earned.credit_minor:
        left = language.money(sale.balances.credit_minor, unit=False)
        got = _plus(language.money(sale.earned.credit_minor, unit=False), language)
        rows.append((language.t("Credit"), got, language.t("balance {amount}", amount=left)))
    if worth := sum(reward.worth_minor for reward in sale.earned.rewards):
        got = _plus(language.money(worth, unit=False), language)
        rows.append((language.t("Voucher"), got, language.t("for another visit")))
    return rows


def _notes(sale: SaleView, language: Language) -> list[str]:
    waiting, notes = sum(sale.balances.rewards.values()), []
    if waiting:
        notes.append(
            language.n("{count} reward is waiting for you", "{count} rewards are waiting for you", waiting)
        )
    given = [line for line in sale.trace if line.family == "cause" and line.applied and _gave(line)]
    notes += [line.sentence.said(language.code) for line in given]
    return [*notes, *(warranty_text(one, language) for one in sale.warranties)]


def warranty_text(one: CoveredView, language: Language) -> str:
    """Say in one line what has a warranty, and until when."""
    name = language.name(one.text) if one.text else language.t("Item")
    if one.quantity > 1:
        name = language.t("{count} × {name}", count=language.number(one.quantity), name=name)
    return language.t("{goods}: warranty until {day}", goods=name, day=language.day(one.until_day))


def _why(sale: SaleView, language: Language) -> list[str]:
    said = [line.sentence.said(language.code) for line in sale.trace if line.applied and line.benefit_minor]
    said += [
        line.sentence.said(language.code)
        for line in sale.trace
        if line.applied and line.family == "earn" and _gave(line)
    ]
    return said[:WHY_AT_MOST]


def _gave(line: TraceView) -> bool:
    """Whether a line came to anything; on paper nobody reads why it came to nothing."""
    got: object = line.facts.get("got")
    return got != 0


def _plus(text: str, language: Language) -> str:
    return language.isolate(f"+{text}")
