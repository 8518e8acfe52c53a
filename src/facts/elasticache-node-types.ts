/**
 * Node types of ElastiCache. Memory, bandwidth and minimum engine versions: ElastiCache User Guide, "Supported node types"
 * (CacheNodes.SupportedTypes). The guide prints no vCPU: that column follows from the size names of Amazon EC2.
 */

/** A minimum version by engine: null where the engine is not offered, absent where the guide says nothing. */
export interface MinEngineVersions { readonly redis?: string | null; readonly valkey?: string | null; readonly memcached?: string | null }

/** What all sizes of one family have in common. */
export interface NodeFamily {
  readonly graviton: boolean;
  readonly burstable: boolean;
  readonly previousGeneration: boolean;
  /** The family keeps part of the data on SSD, and cannot do otherwise. */
  readonly dataTiering: boolean;
  readonly minEngineVersion: MinEngineVersions;
}

/** One node type. */
export interface NodeType extends NodeFamily {
  readonly type: string;
  readonly family: string;
  readonly vcpu: number;
  /** Before `reserved-memory-percent` is taken off. */
  readonly memoryGiB: number;
  readonly baselineGbps: number;
  /** Absent where the baseline is all there is. */
  readonly burstGbps?: number;
}

const CURRENT = { graviton: false, burstable: false, previousGeneration: false, dataTiering: false };
const GRAVITON = { ...CURRENT, graviton: true };
const PREVIOUS = { ...CURRENT, previousGeneration: true, minEngineVersion: {} };

const FAMILIES = {
  c7gn: { ...GRAVITON, minEngineVersion: { redis: '6.2', valkey: '7.2', memcached: '1.6.6' } },
  c8gn: { ...GRAVITON, minEngineVersion: { redis: null, valkey: '7.2', memcached: '1.6.6' } },
  m4: PREVIOUS,
  m5: { ...CURRENT, minEngineVersion: { redis: '4.0.10', valkey: '7.2' } },
  m6g: { ...GRAVITON, minEngineVersion: { redis: '5.0.6', valkey: '7.2', memcached: '1.5.16' } },
  m7g: { ...GRAVITON, minEngineVersion: { redis: '6.2', valkey: '7.2', memcached: '1.5.16' } },
  m8g: { ...GRAVITON, minEngineVersion: { redis: null, valkey: '7.2', memcached: '1.6.6' } },
  r4: PREVIOUS,
  r5: { ...CURRENT, minEngineVersion: { redis: '4.0.10', valkey: '7.2' } },
  r6g: { ...GRAVITON, minEngineVersion: { redis: '5.0.6', valkey: '7.2', memcached: '1.5.16' } },
  r6gd: { ...GRAVITON, dataTiering: true, minEngineVersion: { redis: '6.2', valkey: '7.2', memcached: null } },
  r7g: { ...GRAVITON, minEngineVersion: { redis: '6.2', valkey: '7.2', memcached: '1.5.16' } },
  r8g: { ...GRAVITON, minEngineVersion: { redis: null, valkey: '7.2', memcached: '1.6.6' } },
  t2: { ...PREVIOUS, burstable: true },
  t3: { ...CURRENT, burstable: true, minEngineVersion: {} },
  t4g: { ...GRAVITON, burstable: true, minEngineVersion: {} },
} satisfies { [family: string]: NodeFamily };

type Row = readonly [size: string, vcpu: number, memoryGiB: number, baselineGbps: number, burstGbps?: number];

const SIZES: { readonly [family in keyof typeof FAMILIES]: readonly Row[] } = {
  c7gn: [
    ['large', 2, 3.09, 6.25, 30],
    ['xlarge', 4, 6.38, 12.5, 40],
    ['2xlarge', 8, 12.94, 25, 50],
    ['4xlarge', 16, 26.05, 50],
    ['8xlarge', 32, 52.26, 100],
    ['12xlarge', 48, 78.56, 150],
    ['16xlarge', 64, 105.81, 200],
  ],
  c8gn: [
    ['large', 2, 3.1, 6.25, 30],
    ['xlarge', 4, 6.79, 12.5, 40],
    ['2xlarge', 8, 14.18, 25, 50],
    ['4xlarge', 16, 29.68, 50],
    ['8xlarge', 32, 61.33, 100],
    ['12xlarge', 48, 92.99, 150],
    ['16xlarge', 64, 124.65, 200],
  ],
  m4: [
    ['large', 2, 6.42, 0.45, 1.2],
    ['xlarge', 4, 14.28, 0.75, 2.8],
    ['2xlarge', 8, 29.7, 1, 10],
    ['4xlarge', 16, 60.78, 2, 10],
    ['10xlarge', 40, 154.64, 5, 10],
  ],
  m5: [
    ['large', 2, 6.38, 0.75, 10],
    ['xlarge', 4, 12.93, 1.25, 10],
    ['2xlarge', 8, 26.04, 2.5, 10],
    ['4xlarge', 16, 52.26, 5, 10],
    ['12xlarge', 48, 157.12, 12],
    ['24xlarge', 96, 314.32, 25],
  ],
  m6g: [
    ['large', 2, 6.38, 0.75, 10],
    ['xlarge', 4, 12.93, 1.25, 10],
    ['2xlarge', 8, 26.04, 2.5, 10],
    ['4xlarge', 16, 52.26, 5, 10],
    ['8xlarge', 32, 103.68, 12],
    ['12xlarge', 48, 157.12, 20],
    ['16xlarge', 64, 209.55, 25],
  ],
  m7g: [
    ['large', 2, 6.38, 0.937, 12.5],
    ['xlarge', 4, 12.93, 1.876, 12.5],
    ['2xlarge', 8, 26.04, 3.75, 15],
    ['4xlarge', 16, 52.26, 7.5, 15],
    ['8xlarge', 32, 103.68, 15],
    ['12xlarge', 48, 157.12, 22.5],
    ['16xlarge', 64, 209.55, 30],
  ],
  m8g: [
    ['large', 2, 6.79, 0.937, 12.5],
    ['xlarge', 4, 14.18, 1.875, 12.5],
    ['2xlarge', 8, 29.68, 3.75, 15],
    ['4xlarge', 16, 61.33, 7.5, 15],
    ['8xlarge', 32, 124.65, 15],
    ['12xlarge', 48, 187.96, 22.5],
    ['16xlarge', 64, 251.27, 30],
  ],
  r4: [
    ['large', 2, 12.3, 0.75, 10],
    ['xlarge', 4, 25.05, 1.25, 10],
    ['2xlarge', 8, 50.47, 2.5, 10],
    ['4xlarge', 16, 101.38, 5, 10],
    ['8xlarge', 32, 203.26, 12],
    ['16xlarge', 64, 407, 25],
  ],
  r5: [
    ['large', 2, 13.07, 0.75, 10],
    ['xlarge', 4, 26.32, 1.25, 10],
    ['2xlarge', 8, 52.82, 2.5, 10],
    ['4xlarge', 16, 105.81, 5, 10],
    ['12xlarge', 48, 317.77, 12],
    ['24xlarge', 96, 635.61, 25],
  ],
  r6g: [
    ['large', 2, 13.07, 0.75, 10],
    ['xlarge', 4, 26.32, 1.25, 10],
    ['2xlarge', 8, 52.82, 2.5, 10],
    ['4xlarge', 16, 105.81, 5, 10],
    ['8xlarge', 32, 209.55, 12],
    ['12xlarge', 48, 317.77, 20],
    ['16xlarge', 64, 419.09, 25],
  ],
  r6gd: [
    ['xlarge', 4, 26.32, 1.25, 10],
    ['2xlarge', 8, 52.82, 2.5, 10],
    ['4xlarge', 16, 105.81, 5, 10],
    ['8xlarge', 32, 209.55, 12],
    ['12xlarge', 48, 317.77, 20],
    ['16xlarge', 64, 419.09, 25],
  ],
  r7g: [
    ['large', 2, 13.07, 0.937, 12.5],
    ['xlarge', 4, 26.32, 1.876, 12.5],
    ['2xlarge', 8, 52.82, 3.75, 15],
    ['4xlarge', 16, 105.81, 7.5, 15],
    ['8xlarge', 32, 209.55, 15],
    ['12xlarge', 48, 317.77, 22.5],
    ['16xlarge', 64, 419.09, 30],
  ],
  r8g: [
    ['large', 2, 14.18, 0.937, 12.5],
    ['xlarge', 4, 29.68, 1.875, 12.5],
    ['2xlarge', 8, 61.33, 3.75, 15],
    ['4xlarge', 16, 124.65, 7.5, 15],
    ['8xlarge', 32, 251.27, 15],
    ['12xlarge', 48, 377.9, 22.5],
    ['16xlarge', 64, 504.52, 30],
  ],
  t2: [
    ['micro', 1, 0.555, 0.064, 1.024],
    ['small', 1, 1.55, 0.128, 1.024],
    ['medium', 2, 3.22, 0.256, 1.024],
  ],
  t3: [
    ['micro', 2, 0.5, 0.064, 5],
    ['small', 2, 1.37, 0.128, 5],
    ['medium', 2, 3.09, 0.256, 5],
  ],
  t4g: [
    ['micro', 2, 0.5, 0.064, 5],
    ['small', 2, 1.37, 0.128, 5],
    ['medium', 2, 3.09, 0.256, 5],
  ],
};

/** Every node type the guide names, by its name. */
export const NODE_TYPES: ReadonlyMap<string, NodeType> = new Map(Object.entries(SIZES).flatMap(([family, rows]) =>
  rows.map(([size, vcpu, memoryGiB, baselineGbps, burstGbps]): [string, NodeType] => {
    const type = `cache.${family}.${size}`;
    return [type, { ...FAMILIES[family as keyof typeof FAMILIES], type, family, vcpu, memoryGiB, baselineGbps, burstGbps }];
  })));
