"""What `jobs.scheduler` is made of: when jobs run, who runs them, and what becomes of a run."""
