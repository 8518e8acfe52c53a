import { CfnOutput, Duration, Fn, Stack } from 'aws-cdk-lib';
import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import {
  AlarmSeverity, CacheNodeType, DataTierDashboard, EvictionPolicy, MemcachedAlarms, MemcachedPool, RedisAlarms, RedisCluster, SessionStore,
} from 'cdk-data-tier';

/** Alarms that are told all that they can be told, those of existing caches, and dashboards of all of them. */
export class MonitoringStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const vpc = new Vpc(this, 'Vpc', { maxAzs: 2, natGateways: 1 });
    const office = new SnsAction(new Topic(this, 'Office'));
    const pager = new SnsAction(new Topic(this, 'Pager'));
    const cache = this.makeCache(vpc, office, pager);
    const pages = this.makePages(vpc, office);
    const sessions = new SessionStore(this, 'Sessions', { vpc, alarms: { actions: [office], trafficManagement: { enabled: false } } });
    const quiet = new RedisCluster(this, 'Quiet', { vpc, alarms: { enabled: false } });
    cache.alarms!.addAction(pager);
    this.watchImports(office);

    const dashboard = new DataTierDashboard(this, 'Dashboard', { dashboardName: 'shop-data-tier', defaultInterval: Duration.hours(12) });
    dashboard.add(cache, pages, sessions, quiet);
    dashboard.dashboard.addWidgets(...cache.dashboardHeadlines(), ...pages.dashboardHeadlines(), ...sessions.dashboardHeadlines());
    const details = new DataTierDashboard(this, 'Details');
    details.dashboard.addWidgets(...cache.dashboardWidgets(), ...pages.dashboardWidgets(), ...sessions.dashboardWidgets());

    const outputs = {
      QuietAlarms: quiet.alarms ? 'some' : 'none',
      CacheCritical: cache.alarms!.anyCritical!.alarmArn,
      CacheWarning: cache.alarms!.anyWarning!.alarmArn,
      CacheMemory: cache.alarms!.byKey('memory', AlarmSeverity.CRITICAL).alarmName,
      CacheAlarmNames: Fn.join(',', cache.alarms!.all.map(alarm => alarm.alarmName)),
      PagesCritical: pages.alarms!.anyCritical!.alarmArn,
      SessionsCritical: sessions.alarms!.anyCritical!.alarmArn,
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }

  private makeCache(vpc: Vpc, office: SnsAction, pager: SnsAction): RedisCluster {
    return new RedisCluster(this, 'Cache', {
      vpc,
      nodeType: CacheNodeType.R7G_XLARGE,
      evictionPolicy: EvictionPolicy.NOEVICTION,
      alarms: {
        actions: [office],
        criticalActions: [pager],
        okActions: [office],
        complete: true,
        memory: { threshold: 70.5, criticalThreshold: 90 },
        engineCpu: { threshold: 85, severity: AlarmSeverity.WARNING },
        cpu: { enabled: true, description: 'The host is busy: ask the data team' },
        evictions: { enabled: true, period: Duration.minutes(10) },
        connections: { evaluationPeriods: 6, datapointsToAlarm: 4 },
        freeMemory: { treatMissingData: TreatMissingData.BREACHING },
        nodes: { evaluationPeriods: 3 },
        networkAllowances: { threshold: 10 },
        cpuCredits: { enabled: true, threshold: 20 },
        hitRate: { enabled: false },
        capacity: { enabled: false },
        replicationLag: { threshold: 2.5 },
        authenticationFailures: { threshold: 3 },
        authorizationFailures: { threshold: 4 },
        trafficManagement: { severity: AlarmSeverity.CRITICAL },
        durabilityLag: { enabled: false },
        failedCommands: { threshold: 5 },
      },
    });
  }

  private makePages(vpc: Vpc, office: SnsAction): MemcachedPool {
    return new MemcachedPool(this, 'Pages', {
      vpc,
      alarms: { actions: [office], cpu: { threshold: 80, criticalThreshold: 95 }, hitRate: { threshold: 50 } },
    });
  }

  private watchImports(office: SnsAction): void {
    const orders = RedisCluster.fromRedisClusterAttributes(this, 'Orders', {
      replicationGroupName: 'orders',
      primaryEndpointAddress: 'primary.orders.example.com',
      nodeIds: ['orders-001', 'orders-002'],
    });
    const ofOrders = new RedisAlarms(this, 'OrdersAlarms', {
      cluster: orders, nodeType: CacheNodeType.R7G_LARGE, actions: [office], memory: { threshold: 75 },
    });
    ofOrders.addAction(office);
    const legacy = MemcachedPool.fromMemcachedPoolAttributes(this, 'Legacy', {
      poolName: 'legacy', configurationEndpointAddress: 'legacy.abc123.cfg.euw1.cache.amazonaws.com', nodeIds: ['0001', '0002'],
    });
    const ofLegacy = new MemcachedAlarms(this, 'LegacyAlarms', { pool: legacy, nodeType: CacheNodeType.T4G_SMALL });
    ofLegacy.addAction(office);

    const outputs = {
      OrdersCritical: ofOrders.anyCritical!.alarmArn,
      OrdersWarning: ofOrders.anyWarning!.alarmArn,
      OrdersMemory: ofOrders.byKey('memory').alarmName,
      OrdersAlarmNames: Fn.join(',', ofOrders.all.map(alarm => alarm.alarmName)),
      LegacyCritical: ofLegacy.anyCritical!.alarmArn,
      LegacyWarning: ofLegacy.anyWarning!.alarmArn,
      LegacyCpu: ofLegacy.byKey('cpu').alarmName,
      LegacyAlarmNames: Fn.join(',', ofLegacy.all.map(alarm => alarm.alarmName)),
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}
