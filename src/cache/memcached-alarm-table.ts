import { CacheAlarmOptions } from './cache-alarm-options';
import { CACHE_ALARMS, CPU_ALARM, hitRateAlarm, MEMCACHED_METRICS, NodeFacts } from './cache-alarms';
import { AlarmTable } from '../monitoring/alarm-definition';
import { AlarmOptions } from '../monitoring/alarm-options';

/** The alarms of a Memcached pool. */
export const MEMCACHED_ALARMS: AlarmTable<Exclude<keyof CacheAlarmOptions, keyof AlarmOptions>, NodeFacts> = {
  cpu: {
    ...CPU_ALARM,
    threshold: () => 90,
    remedy: 'Choose larger nodes or more of them.',
    why: 'AWS: 90 percent whatever the size, because Memcached uses all vCPUs.',
  },
  ...CACHE_ALARMS,
  hitRate: hitRateAlarm('GetHits', 'GetMisses', MEMCACHED_METRICS),
};
