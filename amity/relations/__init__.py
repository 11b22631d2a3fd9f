"""Relations: how much and how well directed dyads deal with each other, layer by layer, over time."""
