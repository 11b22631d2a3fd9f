"""Outlook: what is likely next, how well such outlooks did before, and what would follow if."""
