import * as limits from '../../src/facts/elasticache-limits';

test('the figures of the guide', () => {
  expect({ ...limits }).toEqual({
    REPLICATION_GROUP_ID_MAX_LENGTH: 40,
    USER_ID_MAX_LENGTH: 40,
    DESCRIPTION_MAX_LENGTH: 255,
    SUBNET_GROUP_NAME_MAX_LENGTH: 255,
    MAX_NODES_PER_SHARD: 6,
    SUBNETS_PER_SUBNET_GROUP: 20,
    USERS_PER_USER_GROUP: 100,
    SNAPSHOT_RETENTION_DAYS_MAX: 35,
    WINDOW_MIN_MINUTES: 60,
    PORT_MAX: 65535,
    DEFAULT_PORT: 6379,
    RESERVED_PORT: 8005,
    AUTH_TOKEN_LENGTH: { min: 16, max: 128 },
    USER_PASSWORD_LENGTH: { min: 16, max: 128 },
    PASSWORDS_PER_USER: 2,
    PASSWORD_FORBIDDEN: [',', '"', '/', '@'],
    USER_GROUPS_PER_REPLICATION_GROUP: 1,
    DATA_TIERING_EVICTION_POLICIES: ['volatile-lru', 'allkeys-lru', 'noeviction'],
    LOG_DESTINATION_TYPES: ['cloudwatch-logs', 'kinesis-firehose'],
    LOG_FORMATS: ['json', 'text'],
    NETWORK_TYPES: ['ipv4', 'ipv6', 'dual_stack'],
    IP_DISCOVERIES: ['ipv4', 'ipv6'],
  });
});
