"""Where exchange rates come from: one module per publisher."""
