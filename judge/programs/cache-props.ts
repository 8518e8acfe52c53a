import { InstanceType, ISecurityGroup, SecurityGroup, Subnet, SubnetSelection, SubnetType } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { CacheBaseProps, CacheNodeType, WeeklyWindow } from 'cdk-data-tier';
import fc from 'fast-check';
import { later, number, prop, Props } from './prop';
import { Later, World } from './world';

/** What caches of every engine are told. */

const constant = fc.constantFrom;

const NODE_TYPES = [
  'cache.t4g.micro', 'cache.t4g.medium', 'cache.t3.small', 'cache.m6g.large', 'cache.m7g.xlarge', 'cache.m5.2xlarge', 'cache.r7g.large', 'cache.r6g.xlarge',
  'cache.r8g.large', 'cache.m8g.large', 'cache.c7gn.large', 'cache.c8gn.xlarge', 'cache.r6gd.xlarge', 'cache.r5.24xlarge', 'cache.r7g.16xlarge',
];
const OTHER_NODE_TYPES = ['cache.z9.huge', 'cache.t2.micro', 'cache.m4.large', 'm5.large', 'cache.', '', 'cache.R7G.LARGE'];

type Selection =
  | { readonly type: keyof typeof SubnetType; readonly onePerAz?: boolean }
  | { readonly group: string }
  | { readonly zones: readonly (string | null)[] };

/** Named subnets, one for each zone; null stands for a zone that the import does not know. */
function subnetsIn(world: World, zones: readonly (string | null)[]): SubnetSelection {
  return {
    subnets: zones.map((zone, index) => Subnet.fromSubnetAttributes(world.data, world.id('Subnet'), {
      subnetId: `subnet-0123456789abcdef${index}`, availabilityZone: zone ?? undefined,
    })),
  };
}

const vpcSubnets = prop<Selection, SubnetSelection>(
  constant<Selection>({ type: 'PRIVATE_ISOLATED' }, { type: 'PRIVATE_WITH_EGRESS' }, { zones: ['eu-west-1a', 'eu-west-1b'] }),
  constant<Selection>({ type: 'PUBLIC' }, { type: 'PRIVATE_WITH_EGRESS', onePerAz: true }, { group: 'none' }, { zones: [] }, { zones: ['eu-west-1a'] },
    { zones: ['eu-west-1a', 'eu-west-1a'] }, { zones: [null, null] }),
  (world, selection) => {
    if ('zones' in selection) return subnetsIn(world, selection.zones);
    return 'group' in selection ? { subnetGroupName: selection.group } : { subnetType: SubnetType[selection.type], onePerAz: selection.onePerAz };
  },
);

const securityGroups = prop<readonly ('owned' | 'imported' | 'elsewhere')[], ISecurityGroup[]>(
  constant(['owned'], ['imported'], ['owned', 'imported']), constant([], ['elsewhere']),
(world, kinds) => kinds.map(kind => kind === 'imported'
  ? SecurityGroup.fromSecurityGroupId(world.data, world.id('Group'), 'sg-0123456789abcdef0')
  : new SecurityGroup(kind === 'owned' ? world.data : world.keys, world.id('Group'), { vpc: world.vpc })),
);

export const nodeType = prop<string | Later<string>, CacheNodeType>(
  fc.oneof(constant(...NODE_TYPES), later('cache.r7g.large')), constant(...OTHER_NODE_TYPES),
  (world, plain) => typeof plain === 'string' && plain.startsWith('cache.m5')
    ? CacheNodeType.fromInstanceType(new InstanceType(plain.slice('cache.'.length)))
    : CacheNodeType.of(world.text(plain)),
);

/** The ports at and beyond the bounds, whatever the engine. */
export const port = number(fc.oneof(constant(1150, 6379, 8004, 8006, 11211, 65535), later(7000)), constant(1149, 8005, 65536, -1, 6379.5));

const maintenanceWindow = prop<string | Later<string>, WeeklyWindow>(
  fc.oneof(constant('sun:05:30-sun:06:30', 'mon:08:00-mon:09:00', 'SUN:23:00-MON:00:30', 'tue:02:00-tue:03:30'), later()),
  constant('sun:05:30-sun:06:29', 'sun:04:30-sun:06:30', 'mon:00:00-sun:23:59', 'sunday:01:00-sunday:02:00', 'sun:05:30', ''),
  (world, plain) => WeeklyWindow.of(world.text(plain)),
);

const notificationTopic = prop(constant('imported', 'plain'), constant('encrypted', 'elsewhere'), (world, kind) => {
  if (kind === 'imported') return Topic.fromTopicArn(world.data, world.id('Topic'), world.arn('sns', 'events'));
  const stack = kind === 'elsewhere' ? world.keys : world.data;
  return new Topic(stack, world.id('Topic'), kind === 'encrypted' ? { masterKey: new Key(stack, world.id('Key')) } : {});
});

/** The props that every construct over a cache has, but for the VPC. */
export const CACHE_PROPS: Props<Omit<CacheBaseProps, 'vpc'>> = { vpcSubnets, securityGroups, maintenanceWindow, notificationTopic };
