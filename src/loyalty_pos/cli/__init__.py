"""The same commands as JSON lines; imports and maintenance."""
