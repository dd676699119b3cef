"""HTTP in, one SQL call, HTTP out; and the command line that runs the platform."""
