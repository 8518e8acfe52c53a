import { Stack } from 'aws-cdk-lib';
import { SecurityGroup, SubnetType, Vpc, VpcProps } from 'aws-cdk-lib/aws-ec2';
import { placeInNetwork } from '../../src/private/network';
import { faultsOf, layout, resourceOf } from '../helpers';

/** The VPC and a stack for the store. */
function networkOf(props: VpcProps) {
  const { app, data } = layout();
  return { data, vpc: new Vpc(new Stack(app, 'Other'), 'Vpc', { maxAzs: 2, ...props }) };
}

const PUBLIC = { name: 'open', subnetType: SubnetType.PUBLIC };
const EGRESS = { name: 'app', subnetType: SubnetType.PRIVATE_WITH_EGRESS };
const ISOLATED = { name: 'store', subnetType: SubnetType.PRIVATE_ISOLATED };

test.each([
  ['private subnets with egress come first', [PUBLIC, EGRESS, ISOLATED], 'app'],
  ['isolated subnets come next', [PUBLIC, ISOLATED], 'store'],
])('%s', (_name, subnetConfiguration, group) => {
  const { data, vpc } = networkOf({ subnetConfiguration });
  const { subnets, faults } = placeInNetwork(data, { vpc });
  expect(subnets.subnets.map(({ node }) => node.id)).toEqual([`${group}Subnet1`, `${group}Subnet2`]);
  expect(faults).toEqual([]);
});

test('public subnets are a fault, be they asked for or all there is', () => {
  const { data, vpc } = networkOf({ subnetConfiguration: [PUBLIC] });
  expect(placeInNetwork(data, { vpc }).faults).toHaveLength(1);
  const other = networkOf({ subnetConfiguration: [PUBLIC, ISOLATED] });
  expect(placeInNetwork(other.data, { vpc: other.vpc, vpcSubnets: { subnetType: SubnetType.PUBLIC } }).faults).toEqual([{
    id: 'public-subnets',
    text: '`vpcSubnets` must select private or isolated subnets: a data store has no business in a public one (got public subnets). Give the VPC a private '
      + 'subnet, or select one by `vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED }`.',
  }]);
});

test('subnets that the VPC has not are refused in the words of the store', () => {
  const { data, vpc } = networkOf({ subnetConfiguration: [ISOLATED] });
  expect(faultsOf(() => placeInNetwork(data, { vpc, vpcSubnets: { subnetGroupName: 'app' } }))).toEqual([
    'Data has 1 fault:',
    '- `vpcSubnets` must select subnets that the `vpc` has (got "There are no subnet groups with name \'app\' in this VPC. Available names: store"). '
    + 'Select others, or give the VPC such subnets. [cdk-data-tier::subnets-of-vpc]',
  ]);
});

test('an empty list of security groups is a fault', () => {
  const { data, vpc } = layout();
  expect(placeInNetwork(data, { vpc, securityGroups: [] }).faults).toEqual([{
    id: 'no-security-group',
    text: '`securityGroups` must not be empty: AWS would take the default group of the VPC, to which no link admits a client (got []). '
      + 'Leave it out, or give a group.',
  }]);
});

test('while a look-up is pending its stand-in subnets are no fault', () => {
  const stack = new Stack(layout().app, 'Looking', { env: { account: '123456789012', region: 'eu-west-1' } });
  const vpc = Vpc.fromLookup(stack, 'Vpc', { isDefault: true });
  const { subnets, faults } = placeInNetwork(stack, { vpc, vpcSubnets: { subnetType: SubnetType.PUBLIC } });
  expect([subnets.hasPublic, subnets.isPendingLookup, faults]).toEqual([true, true, []]);
});

test('the security group lets nothing in and nothing out', () => {
  const { vpc, data } = layout();
  const { ownSecurityGroup, securityGroups } = placeInNetwork(data, { vpc });
  expect(securityGroups).toEqual([ownSecurityGroup]);
  expect(resourceOf(data, 'AWS::EC2::SecurityGroup').Properties).toEqual({
    GroupDescription: 'Clients of this data store are admitted one by one',
    VpcId: 'vpc-1',
    // CloudFormation adds a rule for all egress unless one is given: this one matches no traffic.
    SecurityGroupEgress: [{ CidrIp: '255.255.255.255/32', Description: 'Disallow all traffic', FromPort: 252, IpProtocol: 'icmp', ToPort: 86 }],
  });
});

test('security groups that are brought along are taken, and none is made', () => {
  const { vpc, data } = layout();
  const mine = [SecurityGroup.fromSecurityGroupId(data, 'Mine', 'sg-1'), SecurityGroup.fromSecurityGroupId(data, 'Yours', 'sg-2')];
  expect(placeInNetwork(data, { vpc, securityGroups: mine })).toMatchObject({ securityGroups: mine, ownSecurityGroup: undefined });
});
