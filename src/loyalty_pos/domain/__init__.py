"""Values, rules and arithmetic; no input, output, clock or chance."""
