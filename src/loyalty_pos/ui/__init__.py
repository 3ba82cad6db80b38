"""The one room that knows Qt."""
