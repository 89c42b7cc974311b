"""From a file of rows to an agreed plan: open, read, map, draft, plan, apply."""
