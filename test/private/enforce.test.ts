import { Annotations, CfnParameter, Fn, Stack } from 'aws-cdk-lib';
import { Subnet, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { CfnSubnetGroup } from 'aws-cdk-lib/aws-elasticache';
import { enforce, errorOf, hasWarned, maxZonesOf, qualifiedId } from '../../src/private/enforce';
import { Rule } from '../../src/rules/rule';
import { faultsOf, layout, warningsOf } from '../helpers';

const TYPE = 'AWS::ElastiCache::SubnetGroup';
const rule = (id: string, severity: Rule['severity'], holds: Rule['holds'], reads: string[] = []): Rule =>
  ({ id, type: TYPE, severity, source: 'a page', reads, text: `Not ${id}: {Description}.`, remedy: 'Change {Description}.', holds });

const no = () => false;

function groupIn(stack: Stack, description = 'subnets'): CfnSubnetGroup {
  return new CfnSubnetGroup(stack, 'Group', { description, subnetIds: ['subnet-1'] });
}

test('errors come together, own faults first, in the words of the construct', () => {
  const { data } = layout();
  const check = { resource: groupIn(data), names: { Description: 'about' } };
  expect(faultsOf(() => enforce(data, [rule('one', 'error', no), rule('two', 'error', no)], [check], [{ id: 'own', text: 'Own.' }]))).toEqual([
    'Data has 3 faults:',
    '- Own. [cdk-data-tier::own]',
    '- Not one: `about` (got "subnets"). Change `about`. [cdk-data-tier::one]',
    '- Not two: `about` (got "subnets"). Change `about`. [cdk-data-tier::two]',
  ]);
});

test('a warning is an annotation, and is not given beside an error', () => {
  const { data } = layout();
  const check = { resource: groupIn(data) };
  enforce(data, [rule('one', 'warning', no)], [check]);
  expect(warningsOf(data)).toEqual(['Not one: `Description` (got "subnets"). Change `Description`. [ack: cdk-data-tier::one]']);
  const { application } = layout();
  const other = { resource: groupIn(application) };
  expect(faultsOf(() => enforce(application, [rule('one', 'warning', no), rule('two', 'error', no)], [other]))).toHaveLength(2);
  expect(warningsOf(application)).toEqual([]);
});

test('a warning is acknowledged on the construct or on a parent', () => {
  const { app, data } = layout();
  enforce(data, [rule('one', 'warning', no)], [{ resource: groupIn(data) }]);
  Annotations.of(app).acknowledgeWarning('cdk-data-tier::one');
  expect(warningsOf(data)).toEqual([]);
});

test('what has been warned of is known by resource and rule, be it acknowledged or not', () => {
  const { app, data } = layout();
  Annotations.of(app).acknowledgeWarning('cdk-data-tier::one');
  const [resource, other] = [groupIn(data), groupIn(new Stack(app, 'Other'))];
  enforce(data, [rule('one', 'warning', no), rule('two', 'warning', no)], [{ resource }]);
  enforce(data, [rule('three', 'warning', no)], [{ resource }]);
  expect(['one', 'two', 'three', 'four'].map(id => hasWarned(resource, id))).toEqual([true, true, true, false]);
  expect(hasWarned(other, 'one')).toBe(false);
  expect(qualifiedId('one')).toBe('cdk-data-tier::one');
});

test('a rule is silent while what it reads is known to CloudFormation only, and judges the rest', () => {
  const { data } = layout();
  const check = { resource: groupIn(data, new CfnParameter(data, 'About').valueAsString) };
  expect(faultsOf(() => enforce(data, [rule('reads', 'error', no, ['Description']), rule('else', 'error', no)], [check]))).toEqual([
    'Data has 1 fault:', '- Not else: `Description` (got "(known after deployment)"). Change `Description`. [cdk-data-tier::else]',
  ]);
});

test('a rule judges its own type only', () => {
  const { data } = layout();
  expect(() => enforce(data, [{ ...rule('one', 'error', no), type: 'AWS::ElastiCache::User' }], [{ resource: groupIn(data) }])).not.toThrow();
});

test('a rule is told the zones and what stands behind a property', () => {
  const { data } = layout();
  const resource = groupIn(data);
  const seen: unknown[] = [];
  const look: Rule['holds'] = (_properties, { maxZones, behind }) => seen.push(maxZones, behind?.('X'), behind?.('Y')) > 0;
  enforce(data, [rule('look', 'error', look)], [{ resource, maxZones: 2, behind: { X: [resource] } }]);
  expect(seen).toEqual([2, [{ type: TYPE, properties: { Description: 'subnets', SubnetIds: ['subnet-1'] } }], []]);
});

test('a resource is rendered once, however many rules and checks ask for it', () => {
  const { data } = layout();
  const resource = groupIn(data);
  const render = jest.spyOn(resource as unknown as { renderProperties(properties: unknown): unknown }, 'renderProperties');
  const look: Rule['holds'] = (_properties, { behind }) => behind?.('X').length === 2;
  const check = { resource, behind: { X: [resource, resource] } };
  enforce(data, [rule('one', 'error', look), rule('two', 'error', look)], [check, check]);
  expect(render).toHaveBeenCalledTimes(1);
});

test('an error names the construct, and counts', () => {
  const { data } = layout();
  expect(errorOf(data, [{ id: 'one', text: 'One.' }])).toEqual(new Error('Data has 1 fault:\n- One. [cdk-data-tier::one]'));
});

describe('zones at most', () => {
  const zonesOf = (availabilityZones: string[]) => maxZonesOf(Vpc.fromVpcAttributes(new Stack(), 'Vpc', {
    vpcId: 'vpc-1', availabilityZones, isolatedSubnetIds: availabilityZones.map((_zone, index) => `subnet-${index}`),
  }).selectSubnets({ subnetType: SubnetType.PRIVATE_ISOLATED }));

  test('equal names are one zone', () => expect(zonesOf(['eu-west-1a', 'eu-west-1b', 'eu-west-1a'])).toBe(2));

  test('equal tokens are one zone, and different ones may be', () => {
    expect(zonesOf([Fn.select(0, Fn.getAzs()), Fn.select(1, Fn.getAzs())])).toBe(2);
    const zone = new CfnParameter(new Stack(), 'Zone').valueAsString;
    expect(zonesOf([zone, zone])).toBe(1);
  });

  test('an imported subnet that does not tell its zone tells nothing', () => {
    const stack = new Stack();
    const subnets = ['subnet-a', 'subnet-b'].map(id => Subnet.fromSubnetId(stack, id, id));
    const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['eu-west-1a'] });
    expect(maxZonesOf(vpc.selectSubnets({ subnets }))).toBeUndefined();
  });

  test('a look-up that is pending tells nothing', () => {
    const stack = new Stack(layout().app, 'Looking', { env: { account: '123456789012', region: 'eu-west-1' } });
    expect(maxZonesOf(Vpc.fromLookup(stack, 'Vpc', { isDefault: true }).selectSubnets({ subnetType: SubnetType.PUBLIC }))).toBeUndefined();
  });
});
