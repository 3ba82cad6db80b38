"""Paper: finished records in, PDF bytes out."""
