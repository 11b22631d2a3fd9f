"""One module per format; each has a `read` that gives drafts of articles."""
