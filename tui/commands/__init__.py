"""The verbs of the command line, one a file: `arguments(parser)` says what it takes, `run(call)`
does it and returns the exit code."""
