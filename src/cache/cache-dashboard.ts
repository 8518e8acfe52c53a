import { Token } from 'aws-cdk-lib';
import { IWidget, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { CacheBase } from './cache-base';
import { CacheNodeType } from '../catalog/cache-node-type';
import { namesOf } from '../monitoring/alarm-metrics';
import { AlarmSet } from '../monitoring/alarm-set';
import { LARGE_GROUP, Symptom } from '../monitoring/alarm-symptoms';
import { Headline, headlineWidgets, sectionWidgets, titleOf } from '../monitoring/dashboard-graphs';

/** What comes first on a dashboard beside the hit rate, by the keys of the alarms. Those that do not apply to a cache are left out. */
const HEADLINES = ['memory', 'capacity', 'engineCpu', 'cpu', 'connections', 'evictions'];

/** What a dashboard shows of a cache. */
export interface ShownCache {
  /** For example: Memcached pool. */
  readonly kind: string;
  /** The id that AWS knows it by. */
  readonly name: string;
  readonly nodeType?: CacheNodeType;
  /** What there is an alarm of by default. */
  readonly symptoms: readonly Symptom[];
  readonly alarms?: AlarmSet;
}

/**
 * The numbers of a cache. One of many nodes has none: their metrics alone would be more than a dashboard takes, and its graphs tell the same.
 */
export function cacheHeadlines(cache: CacheBase, { symptoms }: ShownCache, title: string): IWidget[] {
  if (cache._watchedNodeIds().length > LARGE_GROUP) return [];
  const where = whereabouts(cache);
  const headlines = HEADLINES.flatMap(key => symptoms.filter(symptom => symptom.key === key)).map((symptom): Headline => {
    const [statistic, words] = symptom.statistic === 'Sum' ? ['Sum', ' in 5 minutes'] : ['Maximum', ', worst node'];
    const label = `${symptom.unit}${words}`;
    return { title: titleOf(symptom.key), metric: cache.metric(namesOf(symptom.reading)[0], { ...where, statistic, label }) };
  });
  return headlineWidgets(title, [{ title: titleOf('hitRate'), metric: cache.metricCacheHitRate({ ...where, label: 'percent of look-ups' }) }, ...headlines]);
}

/** The section of a cache. */
export function cacheSection(cache: CacheBase, shown: ShownCache, title: string): IWidget[] {
  const { kind, name, nodeType, symptoms, alarms } = shown;
  const nodeIds = cache._watchedNodeIds();
  const alarmed = alarms?._symptoms ?? [];
  const asked = alarmed.filter(({ key, name: own }) => key === own);
  const more = asked.filter(({ key }) => !symptoms.some(symptom => symptom.key === key));
  return sectionWidgets({
    title,
    description: `${kind} ${name}: ${nodeIds.length} ${nodeIds.length === 1 ? 'node' : 'nodes'}${nodeType ? ` of ${nodeType.name}` : ''}`,
    symptoms: [...symptoms.map(usual => asked.find(({ key }) => key === usual.key) ?? usual), ...more],
    alarmed,
    alarms: alarms?._shown ?? [],
    measured: {
      nodeIds,
      metricForNode: (nodeId, metricName, options) => cache.metricForNode(nodeId, metricName, { ...options, ...whereabouts(cache) }),
    },
  });
}

/** Where the metrics are, for a dashboard in another region or account. */
function whereabouts({ env: { region, account } }: CacheBase): MetricOptions {
  return { stackRegion: Token.isUnresolved(region) ? undefined : region, stackAccount: Token.isUnresolved(account) ? undefined : account };
}
