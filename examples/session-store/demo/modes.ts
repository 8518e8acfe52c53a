/** Shards and replicas of a store; with cluster mode disabled there is one shard. */
export interface Shape {
  readonly shards: number;
  readonly replicasPerShard: number;
}

/** A cluster mode that the example is deployed in. */
export interface Mode {
  readonly name: 'disabled' | 'enabled';
  readonly shape: Shape;
  /** The shape after a deployment that adds to it. */
  readonly grown: Shape;
  /** What that deployment adds. */
  readonly growth: string;
  /** Which node is killed. */
  readonly lost: string;
}

export const MODES: readonly Mode[] = [
  {
    name: 'disabled',
    shape: { shards: 1, replicasPerShard: 1 },
    grown: { shards: 1, replicasPerShard: 2 },
    growth: 'replica',
    lost: 'the primary',
  },
  {
    name: 'enabled',
    shape: { shards: 2, replicasPerShard: 1 },
    grown: { shards: 3, replicasPerShard: 1 },
    growth: 'shard',
    lost: 'the primary of a shard',
  },
];

export const nodesOf = ({ shards, replicasPerShard }: Shape) => shards * (1 + replicasPerShard);
