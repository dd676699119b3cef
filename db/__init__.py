"""What is stored: settings, the embedded PostgreSQL, the applier, and the SQL they run."""
