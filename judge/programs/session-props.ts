import { Duration, Size } from 'aws-cdk-lib';
import { SessionCapacity, SessionStoreProps, SessionStoreWhenFull } from 'cdk-data-tier';
import fc from 'fast-check';
import { BASE_PROPS, nodeType } from './cluster-props';
import { asIs, durationOf, later, prop, Props, Span } from './prop';
import { Later } from './world';

interface Capacity {
  readonly concurrentSessions: number | Later<number>;
  readonly averageBytes?: number | Later<number>;
}

const capacity = prop<Capacity, SessionCapacity>(
  fc.record({ concurrentSessions: fc.constantFrom(1, 10_000, 5_000_000), averageBytes: fc.constantFrom(1, 2048, 2048.5, 20_000) }, { requiredKeys: ['concurrentSessions'] }),
  fc.record({
    concurrentSessions: fc.oneof(fc.constantFrom(0, -1, 1.5, 1e12), later(5)),
    averageBytes: fc.oneof(fc.constantFrom(0, 1e9), later(5)),
  }, { requiredKeys: ['concurrentSessions'] }),
  (world, { concurrentSessions, averageBytes }) => SessionCapacity.of({
    concurrentSessions: world.number(concurrentSessions),
    averageSize: averageBytes === undefined ? undefined : Size.bytes(world.number(averageBytes)),
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
