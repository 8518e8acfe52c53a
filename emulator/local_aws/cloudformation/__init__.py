"""CloudFormation as AWS does it, on top of MiniStack's API: engine, resource types, hooks."""
