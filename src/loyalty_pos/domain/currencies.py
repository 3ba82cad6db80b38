"""How many decimals a currency's smallest unit stands for (ISO 4217)."""

_WITHOUT_DECIMALS = frozenset({
    "BIF", "CLP", "DJF", "GNF", "IRR", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV",
    "XAF", "XOF", "XPF",
})  # fmt: skip
_WITH_THREE = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})
TOMAN_RIALS = 10


def decimals(currency: str) -> int:
    """Say how many decimals an amount in `currency` is kept with.

    The rial is kept whole, as every Iranian till does, though ISO gives it two decimals.
    """
    if currency in _WITHOUT_DECIMALS:
        return 0
    return 3 if currency in _WITH_THREE else 2
