"""The customer's own screen: what is sold to them, what it brings, what to pay."""
