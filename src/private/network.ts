import { ISecurityGroup, IVpc, SecurityGroup, SelectedSubnets, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { errorOf, OwnFault } from './enforce';

/** The network props that every store has. */
export interface NetworkProps {
  readonly vpc: IVpc;
  readonly vpcSubnets?: SubnetSelection;
  readonly securityGroups?: ISecurityGroup[];
}

/** Subnets and security groups of a store. */
export interface Network {
  readonly subnets: SelectedSubnets;
  readonly securityGroups: ISecurityGroup[];
  /** The security group that was made; undefined when the user brought some. */
  readonly ownSecurityGroup?: SecurityGroup;
  readonly faults: OwnFault[];
}

/** Chooses the subnets as aws-cdk-lib does, and makes a security group that lets nothing in or out. */
export function placeInNetwork(scope: Construct, props: NetworkProps): Network {
  const subnets = selectSubnets(scope, props);
  const ownSecurityGroup = props.securityGroups ? undefined : new SecurityGroup(scope, 'SecurityGroup', {
    vpc: props.vpc,
    // A changed description replaces the group and cuts traffic: it names nothing that may change.
    description: 'Clients of this data store are admitted one by one',
    allowAllOutbound: false,
  });
  return {
    subnets,
    securityGroups: props.securityGroups ?? [ownSecurityGroup].filter(group => group !== undefined),
    ownSecurityGroup,
    faults: [
      ...(subnets.hasPublic && !subnets.isPendingLookup ? [{
        id: 'public-subnets',
        text: '`vpcSubnets` must select private or isolated subnets: a data store has no business in a public one (got public subnets). '
          + 'Give the VPC a private subnet, or select one by `vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED }`.',
      }] : []),
      ...(props.securityGroups?.length === 0 ? [{
        id: 'no-security-group',
        text: '`securityGroups` must not be empty: AWS would take the default group of the VPC, to which no link admits a client (got []). '
          + 'Leave it out, or give a group.',
      }] : []),
    ],
  };
}

/** What the VPC lacks is an error of aws-cdk-lib, which knows neither the store nor its prop. */
function selectSubnets(scope: Construct, { vpc, vpcSubnets }: NetworkProps): SelectedSubnets {
  try {
    return vpc.selectSubnets(vpcSubnets);
  } catch (error) {
    throw errorOf(scope, [{
      id: 'subnets-of-vpc',
      text: `\`vpcSubnets\` must select subnets that the \`vpc\` has (got ${JSON.stringify((error as Error).message)}). Select others, or give the VPC such subnets.`,
    }]);
  }
}
