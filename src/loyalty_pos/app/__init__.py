"""What a shop can do: commands, queries, their handlers, and ports to the outside."""
