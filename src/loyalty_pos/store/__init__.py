"""The one room that knows SQL."""
