"""Application Auto Scaling: targets and policies of a template, and the Describe actions."""
