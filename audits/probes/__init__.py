"""Asking the platforms and the agencies' own websites: the only rooms with a door to the network.

An adapter is a flow: a generator that yields requests, receives responses and returns what it saw.
It never does I/O itself. The door (`fetch.py`) carries requests out, the run (`check.py`) drives
both and writes what was seen into the inventory as observations, never into the record.
"""
