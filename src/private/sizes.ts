import { Size, SizeRoundingBehavior } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { errorOf } from './enforce';

/** An amount of memory in bytes, with a fraction where it has one: whether that is legal is for the rules to say. */
export function bytesIn(owner: IConstruct, prop: string, size: Size): number {
  try {
    return size.toBytes({ rounding: SizeRoundingBehavior.NONE });
  } catch {
    // The unit is private to aws-cdk-lib, and a token in another one than bytes is all that it throws for.
    throw errorOf(owner, [{
      id: 'size-unit',
      text: `\`${prop}\` must be in bytes while only CloudFormation knows it, which cannot convert it (got a token in another unit). Write it as \`Size.bytes()\`.`,
    }]);
  }
}
