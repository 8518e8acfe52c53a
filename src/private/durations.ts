import { Duration } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { errorOf } from './enforce';

/** Units that services count in. */
const IN_UNIT = {
  days: (duration: Duration) => duration.toDays({ integral: false }),
  seconds: (duration: Duration) => duration.toSeconds({ integral: false }),
};

/** A time span as a number in a unit, with a fraction where it has one: whether that is legal is for the rules to say. */
export function amountIn(owner: IConstruct, prop: string, unit: keyof typeof IN_UNIT, duration: Duration): number {
  if (duration.isUnresolved() && duration.unitLabel() !== unit) {
    throw errorOf(owner, [{
      id: 'duration-unit',
      text: `\`${prop}\` must be in ${unit} while only CloudFormation knows it, which cannot convert it (got a token in ${duration.unitLabel()}). `
        + `Write it as \`Duration.${unit}()\`.`,
    }]);
  }
  return IN_UNIT[unit](duration);
}
