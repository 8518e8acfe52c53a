import { App, Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Maker } from './subjects';

/** A stack takes 500 resources. */
const SUBJECTS_IN_A_STACK = 10;

/** The stack that the first subject is in. */
export const FIRST_STACK = 'S0';

/** An app with a number of the subject; the network is imported, so that nothing but the subject is built. */
export function build(make: Maker, count: number, outdir: string): App {
  const app = new App({ outdir });
  const vpc = Vpc.fromVpcAttributes(new Stack(app, 'Network'), 'Vpc', {
    vpcId: 'vpc-1',
    availabilityZones: ['eu-west-1a', 'eu-west-1b'],
    privateSubnetIds: ['subnet-a', 'subnet-b'],
  });
  for (let first = 0; first < count; first += SUBJECTS_IN_A_STACK) {
    const stack = new Stack(app, `S${first}`);
    for (let nth = first; nth < Math.min(first + SUBJECTS_IN_A_STACK, count); nth++) make(stack, `C${nth}`, vpc);
  }
  return app;
}
