import { isSubnetGroupName } from './names';
import { SUBNET_GROUP } from './resource-types';
import { rulesOf } from './rule';
import { areDistinct, asList, asText, isAbsent, isGiven, knownTexts } from './values';
import { SUBNETS_PER_SUBNET_GROUP } from '../facts/elasticache-limits';

const CREATE = 'ElastiCache API Reference, CreateCacheSubnetGroup';

/** What `AWS::ElastiCache::SubnetGroup` accepts. */
export const subnetGroupRules = rulesOf(SUBNET_GROUP, [
  {
    id: 'subnet-group-name',
    severity: 'error',
    source: `${CREATE} (CacheSubnetGroupName)`,
    reads: ['CacheSubnetGroupName'],
    text: 'A subnet group name has 1 to 255 letters, digits and hyphens: {CacheSubnetGroupName}.',
    remedy: 'Change {CacheSubnetGroupName}.',
    holds: (p) => isAbsent(p.CacheSubnetGroupName) || isSubnetGroupName(asText(p.CacheSubnetGroupName) ?? ''),
  },
  {
    id: 'subnet-group-empty',
    severity: 'error',
    source: `${CREATE} (SubnetIds)`,
    reads: ['SubnetIds[]'],
    text: 'A subnet group needs at least one subnet: {SubnetIds}.',
    remedy: 'Choose a subnet by {SubnetIds}.',
    holds: (p) => isGiven(p.SubnetIds),
  },
  {
    id: 'subnet-group-quota',
    severity: 'warning',
    source: 'ElastiCache User Guide, "Quotas" (quota-limits)',
    reads: ['SubnetIds[]'],
    text: `More than ${SUBNETS_PER_SUBNET_GROUP} subnets need a higher quota: {SubnetIds}.`,
    remedy: 'Choose fewer by {SubnetIds}, or have the quota raised.',
    holds: (p) => asList(p.SubnetIds).length <= SUBNETS_PER_SUBNET_GROUP,
  },
  {
    id: 'subnet-group-duplicates',
    severity: 'warning',
    source: `${CREATE} (SubnetIds)`,
    reads: ['SubnetIds[]'],
    text: 'A subnet is listed twice: {SubnetIds}.',
    remedy: 'List every subnet of {SubnetIds} once.',
    holds: (p) => areDistinct(knownTexts(p.SubnetIds)),
  },
]);
