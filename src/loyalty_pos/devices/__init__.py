"""The edges of the world: printers, scanners, clocks."""
