"""Memcached pools on real servers."""
