"""The record: organisations, accounts, evidence, and who changed what."""
