"""Which link comes next: forecasting on a temporal knowledge graph by counting. See docs/links.md."""
