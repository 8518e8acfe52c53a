"""Redis and Valkey servers that behave like an ElastiCache replication group, in every cluster mode."""
