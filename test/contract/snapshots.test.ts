import { IConstruct } from 'constructs';
import { newCluster, newPool, newSessionStore, resourcesOf } from '../helpers';

/**
 * Properties that AWS or aws-cdk-lib may word anew without a change of ours, such as hashes of assets, and what other tests state as literals: policies,
 * and of alarms everything but which there are and at which value they go off.
 */
const LEFT_OUT = [
  'Code', 'KeyPolicy', 'Metrics', 'MetricName', 'Namespace', 'Dimensions', 'Statistic', 'Period', 'AlarmRule', 'AlarmDescription', 'EvaluationPeriods',
  'DatapointsToAlarm', 'TreatMissingData',
];

/** What a default construct builds: ids, types, removal and the properties we own. */
function projectionOf(construct: IConstruct): object {
  const resources = Object.entries(resourcesOf(construct)).map(([id, { Type, DeletionPolicy, Properties }]) => [id, {
    Type,
    DeletionPolicy,
    Properties: Object.fromEntries(Object.entries(Properties).filter(([name]) => !LEFT_OUT.includes(name))),
  }]);
  expect(resources).not.toHaveLength(0);
  return Object.fromEntries(resources);
}

test('RedisCluster', () => expect(projectionOf(newCluster())).toMatchSnapshot());

test('MemcachedPool', () => expect(projectionOf(newPool())).toMatchSnapshot());

test('SessionStore', () => expect(projectionOf(newSessionStore())).toMatchSnapshot());
