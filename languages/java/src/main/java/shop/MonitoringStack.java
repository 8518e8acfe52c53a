package shop;

import io.github.cdkdatatier.AlarmSeverity;
import io.github.cdkdatatier.AlarmTuning;
import io.github.cdkdatatier.CacheNodeType;
import io.github.cdkdatatier.DataTierDashboard;
import io.github.cdkdatatier.EvictionPolicy;
import io.github.cdkdatatier.IMemcachedPool;
import io.github.cdkdatatier.IRedisCluster;
import io.github.cdkdatatier.MemcachedAlarmOptions;
import io.github.cdkdatatier.MemcachedAlarms;
import io.github.cdkdatatier.MemcachedPool;
import io.github.cdkdatatier.MemcachedPoolAttributes;
import io.github.cdkdatatier.RedisAlarmOptions;
import io.github.cdkdatatier.RedisAlarms;
import io.github.cdkdatatier.RedisCluster;
import io.github.cdkdatatier.RedisClusterAttributes;
import io.github.cdkdatatier.SessionStore;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.AlarmBase;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/** Alarms that are told all that they can be told, those of existing caches, and dashboards of all of them. */
public final class MonitoringStack extends Stack {
    public MonitoringStack(final Construct scope, final String id) {
        super(scope, id);
        Vpc vpc = Vpc.Builder.create(this, "Vpc").maxAzs(2).natGateways(1).build();
        SnsAction office = new SnsAction(new Topic(this, "Office"));
        SnsAction pager = new SnsAction(new Topic(this, "Pager"));
        RedisCluster cache = makeCache(vpc, office, pager);
        MemcachedPool pages = makePages(vpc, office);
        SessionStore sessions = SessionStore.Builder.create(this, "Sessions")
            .vpc(vpc)
            .alarms(RedisAlarmOptions.builder()
                .actions(List.of(office))
                .trafficManagement(AlarmTuning.builder().enabled(false).build())
                .build())
            .build();
        RedisCluster quiet = RedisCluster.Builder.create(this, "Quiet")
            .vpc(vpc)
            .alarms(RedisAlarmOptions.builder().enabled(false).build())
            .build();
        cache.getAlarms().addAction(pager);
        watchImports(office);

        DataTierDashboard dashboard = DataTierDashboard.Builder.create(this, "Dashboard")
            .dashboardName("shop-data-tier")
            .defaultInterval(Duration.hours(12))
            .build();
        dashboard.add(cache, pages, sessions, quiet);
        dashboard.getDashboard().addWidgets(
            join(cache.dashboardHeadlines(), pages.dashboardHeadlines(), sessions.dashboardHeadlines()));
        DataTierDashboard details = new DataTierDashboard(this, "Details");
        details.getDashboard().addWidgets(
            join(cache.dashboardWidgets(), pages.dashboardWidgets(), sessions.dashboardWidgets()));

        output("QuietAlarms", quiet.getAlarms() == null ? "none" : "some");
        output("CacheCritical", cache.getAlarms().getAnyCritical().getAlarmArn());
        output("CacheWarning", cache.getAlarms().getAnyWarning().getAlarmArn());
        output("CacheMemory", cache.getAlarms().byKey("memory", AlarmSeverity.CRITICAL).getAlarmName());
        output("CacheAlarmNames", names(cache.getAlarms().getAll()));
        output("PagesCritical", pages.getAlarms().getAnyCritical().getAlarmArn());
        output("SessionsCritical", sessions.getAlarms().getAnyCritical().getAlarmArn());
    }

    private RedisCluster makeCache(final Vpc vpc, final SnsAction office, final SnsAction pager) {
        return RedisCluster.Builder.create(this, "Cache")
            .vpc(vpc)
            .nodeType(CacheNodeType.R7_G_XLARGE)
            .evictionPolicy(EvictionPolicy.NOEVICTION)
            .alarms(RedisAlarmOptions.builder()
                .actions(List.of(office))
                .criticalActions(List.of(pager))
                .okActions(List.of(office))
                .complete(true)
                .memory(AlarmTuning.builder().threshold(70.5).criticalThreshold(90).build())
                .engineCpu(AlarmTuning.builder().threshold(85).severity(AlarmSeverity.WARNING).build())
                .cpu(AlarmTuning.builder().enabled(true).description("The host is busy: ask the data team").build())
                .evictions(AlarmTuning.builder().enabled(true).period(Duration.minutes(10)).build())
                .connections(AlarmTuning.builder().evaluationPeriods(6).datapointsToAlarm(4).build())
                .freeMemory(AlarmTuning.builder().treatMissingData(TreatMissingData.BREACHING).build())
                .nodes(AlarmTuning.builder().evaluationPeriods(3).build())
                .networkAllowances(AlarmTuning.builder().threshold(10).build())
                .cpuCredits(AlarmTuning.builder().enabled(true).threshold(20).build())
                .hitRate(AlarmTuning.builder().enabled(false).build())
                .capacity(AlarmTuning.builder().enabled(false).build())
                .replicationLag(AlarmTuning.builder().threshold(2.5).build())
                .authenticationFailures(AlarmTuning.builder().threshold(3).build())
                .authorizationFailures(AlarmTuning.builder().threshold(4).build())
                .trafficManagement(AlarmTuning.builder().severity(AlarmSeverity.CRITICAL).build())
                .durabilityLag(AlarmTuning.builder().enabled(false).build())
                .failedCommands(AlarmTuning.builder().threshold(5).build())
                .build())
            .build();
    }

    private MemcachedPool makePages(final Vpc vpc, final SnsAction office) {
        return MemcachedPool.Builder.create(this, "Pages")
            .vpc(vpc)
            .alarms(MemcachedAlarmOptions.builder()
                .actions(List.of(office))
                .cpu(AlarmTuning.builder().threshold(80).criticalThreshold(95).build())
                .hitRate(AlarmTuning.builder().threshold(50).build())
                .build())
            .build();
    }

    private void watchImports(final SnsAction office) {
        IRedisCluster orders = RedisCluster.fromRedisClusterAttributes(this, "Orders", RedisClusterAttributes.builder()
            .replicationGroupName("orders")
            .primaryEndpointAddress("primary.orders.example.com")
            .nodeIds(List.of("orders-001", "orders-002"))
            .build());
        RedisAlarms ofOrders = RedisAlarms.Builder.create(this, "OrdersAlarms")
            .cluster(orders)
            .nodeType(CacheNodeType.R7_G_LARGE)
            .actions(List.of(office))
            .memory(AlarmTuning.builder().threshold(75).build())
            .build();
        ofOrders.addAction(office);
        IMemcachedPool legacy = MemcachedPool.fromMemcachedPoolAttributes(this, "Legacy", MemcachedPoolAttributes.builder()
            .poolName("legacy")
            .configurationEndpointAddress("legacy.abc123.cfg.euw1.cache.amazonaws.com")
            .nodeIds(List.of("0001", "0002"))
            .build());
        MemcachedAlarms ofLegacy = MemcachedAlarms.Builder.create(this, "LegacyAlarms")
            .pool(legacy)
            .nodeType(CacheNodeType.T4_G_SMALL)
            .build();
        ofLegacy.addAction(office);

        output("OrdersCritical", ofOrders.getAnyCritical().getAlarmArn());
        output("OrdersWarning", ofOrders.getAnyWarning().getAlarmArn());
        output("OrdersMemory", ofOrders.byKey("memory").getAlarmName());
        output("OrdersAlarmNames", names(ofOrders.getAll()));
        output("LegacyCritical", ofLegacy.getAnyCritical().getAlarmArn());
        output("LegacyWarning", ofLegacy.getAnyWarning().getAlarmArn());
        output("LegacyCpu", ofLegacy.byKey("cpu").getAlarmName());
        output("LegacyAlarmNames", names(ofLegacy.getAll()));
    }

    @SafeVarargs
    private static IWidget[] join(final List<IWidget>... lists) {
        return Stream.of(lists).flatMap(List::stream).toArray(IWidget[]::new);
    }

    private static String names(final List<AlarmBase> alarms) {
        return Fn.join(",", alarms.stream().map(AlarmBase::getAlarmName).toList());
    }

    private void output(final String name, final String value) {
        CfnOutput.Builder.create(this, name).value(value).build();
    }
}
