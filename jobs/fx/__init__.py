"""Where exchange rates come from: one module per kind of publisher, and how they are asked.

A kind of publisher is a module with two pure functions: `address`, where to find a span of days,
and `parse`, its answer as a `Feed`. Which of them are asked, and what is believed, is decided by
the database (`fx.sources_to_ask`, `fx.record_rates`).
"""
