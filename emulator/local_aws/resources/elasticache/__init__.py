"""Amazon ElastiCache: replication groups on real servers, the users around them, and the Describe actions."""
