"""What the counter is doing, without any widget: state, finding, pricing, closing."""
