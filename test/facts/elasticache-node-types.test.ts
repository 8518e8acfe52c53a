import { NODE_TYPES, NodeType } from '../../src/facts/elasticache-node-types';

const all = [...NODE_TYPES.values()];
const families = new Map<string, NodeType[]>();
all.forEach((type) => families.set(type.family, [...families.get(type.family) ?? [], type]));

test('the figures of the guide', () => {
  expect(NODE_TYPES.get('cache.t4g.micro')).toEqual({
    type: 'cache.t4g.micro',
    family: 't4g',
    vcpu: 2,
    memoryGiB: 0.5,
    baselineGbps: 0.064,
    burstGbps: 5,
    graviton: true,
    burstable: true,
    previousGeneration: false,
    dataTiering: false,
    minEngineVersion: {},
  });
  expect(NODE_TYPES.get('cache.r7g.large')).toEqual({
    type: 'cache.r7g.large',
    family: 'r7g',
    vcpu: 2,
    memoryGiB: 13.07,
    baselineGbps: 0.937,
    burstGbps: 12.5,
    graviton: true,
    burstable: false,
    previousGeneration: false,
    dataTiering: false,
    minEngineVersion: { redis: '6.2', valkey: '7.2', memcached: '1.5.16' },
  });
  expect(NODE_TYPES.get('cache.r6gd.16xlarge')).toEqual({
    type: 'cache.r6gd.16xlarge',
    family: 'r6gd',
    vcpu: 64,
    memoryGiB: 419.09,
    baselineGbps: 25,
    burstGbps: undefined,
    graviton: true,
    burstable: false,
    previousGeneration: false,
    dataTiering: true,
    minEngineVersion: { redis: '6.2', valkey: '7.2', memcached: null },
  });
  expect(NODE_TYPES.get('cache.t2.small')).toEqual({
    type: 'cache.t2.small',
    family: 't2',
    vcpu: 1,
    memoryGiB: 1.55,
    baselineGbps: 0.128,
    burstGbps: 1.024,
    graviton: false,
    burstable: true,
    previousGeneration: true,
    dataTiering: false,
    minEngineVersion: {},
  });
  expect(NODE_TYPES.get('cache.m8g.4xlarge')?.memoryGiB).toBe(61.33);
  expect(NODE_TYPES.get('cache.m5.24xlarge')?.memoryGiB).toBe(314.32);
  expect(NODE_TYPES.get('cache.c7gn.16xlarge')?.baselineGbps).toBe(200);
});

test('there are 94 types in 16 families', () => {
  expect(all).toHaveLength(94);
  expect([...families.keys()].sort()).toEqual([
    'c7gn', 'c8gn', 'm4', 'm5', 'm6g', 'm7g', 'm8g', 'r4', 'r5', 'r6g', 'r6gd', 'r7g', 'r8g', 't2', 't3', 't4g',
  ]);
});

test('families with a mark', () => {
  const marked = (mark: (type: NodeType) => boolean) => [...families].filter(([, types]) => types.every(mark)).map(([family]) => family).sort();
  expect(marked((type) => type.previousGeneration)).toEqual(['m4', 'r4', 't2']);
  expect(marked((type) => type.burstable)).toEqual(['t2', 't3', 't4g']);
  expect(marked((type) => type.dataTiering)).toEqual(['r6gd']);
  expect(marked((type) => type.graviton)).toEqual(['c7gn', 'c8gn', 'm6g', 'm7g', 'm8g', 'r6g', 'r6gd', 'r7g', 'r8g', 't4g']);
  expect(marked((type) => type.minEngineVersion.redis === null)).toEqual(['c8gn', 'm8g', 'r8g']);
});

test.each([...families])('%s grows from size to size', (_family, types) => {
  types.slice(1).forEach((type, i) => {
    expect(type.memoryGiB).toBeGreaterThan(types[i].memoryGiB);
    expect(type.vcpu).toBeGreaterThanOrEqual(types[i].vcpu);
    expect(type.baselineGbps).toBeGreaterThan(types[i].baselineGbps);
  });
});

test('bursts go beyond the baseline', () => {
  expect(all.filter(({ baselineGbps, burstGbps }) => burstGbps !== undefined && burstGbps <= baselineGbps)).toEqual([]);
});

test('vCPU follow from the size names', () => {
  const expected = (size: string) => size === 'large' ? 2 : size === 'xlarge' ? 4 : Number.parseInt(size, 10) * 4;
  all.filter(({ burstable }) => !burstable).forEach(({ type, vcpu }) => expect([type, vcpu]).toEqual([type, expected(type.split('.')[2])]));
});
