/** The address family of a cache. */
export enum CacheNetworkType {
  /** IPv4 only. */
  IPV4 = 'ipv4',
  /** IPv6 only: the subnets must have IPv6 ranges. */
  IPV6 = 'ipv6',
  /** IPv4 and IPv6: the subnets must have both. */
  DUAL_STACK = 'dual_stack',
}

/** The addresses that clients are given for the nodes. */
export enum CacheIpDiscovery {
  /** IPv4 addresses. */
  IPV4 = 'ipv4',
  /** IPv6 addresses. */
  IPV6 = 'ipv6',
}
