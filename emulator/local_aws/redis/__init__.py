"""Redis and Valkey servers that behave like an ElastiCache replication group with cluster mode disabled."""
