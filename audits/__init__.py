"""The rules: policies, facts, runs and findings."""
