"""The subcommands of `quarterbase`, one module per group."""
