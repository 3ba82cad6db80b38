"""The loyalty companion that stands beside a shop's till."""

__version__ = "0.1.0"
