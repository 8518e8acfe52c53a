import { Duration } from 'aws-cdk-lib';
import { SessionCapacity, SessionStoreProps, SessionStoreWhenFull } from 'cdk-data-tier';
import fc from 'fast-check';
import { nodeType } from './cache-props';
import { BASE_PROPS } from './cluster-props';
import { Amount, asIs, durationOf, later, prop, Props, sizeOf, Span } from './prop';
import { Later } from './world';

interface Capacity {
  readonly concurrentSessions: number | Later<number>;
  readonly averageSize?: Amount;
}

const capacity = prop<Capacity, SessionCapacity>(
  fc.record({
    concurrentSessions: fc.constantFrom(1, 10_000, 5_000_000),
    averageSize: fc.constantFrom<Amount>({ bytes: 1 }, { kibibytes: 2 }, { bytes: 2048.5 }, { kibibytes: 1.3 }, { bytes: 20_000 }),
  }, { requiredKeys: ['concurrentSessions'] }),
  fc.record({
    concurrentSessions: fc.oneof(fc.constantFrom(0, -1, 1.5, 1e12), later(5)),
    averageSize: fc.oneof(fc.constantFrom<Amount>({ bytes: 0 }, { gibibytes: 1 }), later(5).map(kibibytes => ({ kibibytes }))),
  }, { requiredKeys: ['concurrentSessions'] }),
  (world, { concurrentSessions, averageSize }) => SessionCapacity.of({
    concurrentSessions: world.number(concurrentSessions),
    averageSize: averageSize && sizeOf(world, averageSize),
  }),
);

const timeout = (legal: Span[], odd: Span[]) => prop<Span, Duration>(
  fc.oneof(fc.constantFrom(...legal), later(900).map(seconds => ({ seconds }))),
  fc.oneof(fc.constantFrom(...odd), later(2).map(hours => ({ hours }))),
  durationOf,
);

/** The props of a `SessionStore`, but for the VPC. */
export const SESSION_PROPS: Props<Omit<SessionStoreProps, 'vpc'>> = {
  ...BASE_PROPS,
  capacity,
  nodeType,
  idleTimeout: timeout(
    [{ seconds: 1 }, { minutes: 5 }, { minutes: 30 }],
    [{ seconds: 0 }, { millis: 500 }, { seconds: 1.5 }, { hours: 13 }, { days: 1 }],
  ),
  absoluteTimeout: timeout([{ hours: 1 }, { hours: 12 }, { days: 30 }], [{ seconds: 1 }, { millis: 1 }, { minutes: 0.01 }, { seconds: 1799 }]),
  whenFull: asIs(Object.values(SessionStoreWhenFull)),
};
