"""Networks as far as other resources need them: described and belonging together; no packet is filtered."""
