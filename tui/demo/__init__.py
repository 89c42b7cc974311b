"""The demo: an invented government, its accounts and their story, built by code."""
