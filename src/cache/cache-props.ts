import { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { WeeklyWindow } from '../common/windows';

/** What every construct over a node-based cache can be told. */
export interface CacheBaseProps {
  /**
   * The VPC of the nodes.
   *
   * Update: refused by ElastiCache.
   */
  readonly vpc: IVpc;

  /**
   * The subnets of the nodes. Public subnets are an error.
   *
   * Update (more subnets): in place. Update (away from subnets with nodes): refused by ElastiCache.
   *
   * @default - the private subnets with egress, or the isolated subnets where there are none
   */
  readonly vpcSubnets?: SubnetSelection;

  /**
   * Security groups of the nodes.
   *
   * Update: in place.
   *
   * @default - one that admits nobody until a client is linked or allowed, and has no egress
   */
  readonly securityGroups?: ISecurityGroup[];

  /**
   * When AWS may patch the nodes, in UTC; where backups are made, it must not overlap their window.
   *
   * Update: in place.
   *
   * @default - `WeeklyWindow.of('sun:05:30-sun:06:30')`
   */
  readonly maintenanceWindow?: WeeklyWindow;

  /**
   * A topic that is told of failures, maintenance and so on. ElastiCache cannot publish to a topic that is encrypted with a KMS key.
   *
   * Update: in place.
   *
   * @default - nobody is told
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ECEvents.SNS.html
   */
  readonly notificationTopic?: ITopic;
}
