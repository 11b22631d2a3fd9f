"""How many events of a kind to expect between two states, as whole distributions. See docs/outlook.md.

A forecast is made at an origin, the first period that is not known yet, for the sum of the next `horizon` periods.
`counts` holds what is known, `features` what is made of it, `models` the ways to forecast, `pool` joins them.
"""
