"""What nodes of ElastiCache publish to CloudWatch, out of what the servers tell of themselves."""
