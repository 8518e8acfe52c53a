import { offers } from './engine';
import { networkTypeRules, REPLICATION_GROUP_KIND } from './node-based';
import { REPLICATION_GROUP } from './resource-types';
import { rulesOf } from './rule';

/** IP versions of a replication group. */
export const replicationGroupNetworkRules = rulesOf(
  REPLICATION_GROUP, networkTypeRules(REPLICATION_GROUP_KIND, 'Redis OSS 6.2 or later, or Valkey', (p) => offers(p, 'networkTypes')),
);
