"""The web application: the interface over a live ledger."""
