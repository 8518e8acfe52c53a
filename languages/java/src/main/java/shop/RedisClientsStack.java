package shop;

import io.github.cdkdatatier.AccessString;
import io.github.cdkdatatier.CacheEndpoint;
import io.github.cdkdatatier.CacheNodeType;
import io.github.cdkdatatier.DailyWindow;
import io.github.cdkdatatier.IRedisCluster;
import io.github.cdkdatatier.LinkOptions;
import io.github.cdkdatatier.RedisCluster;
import io.github.cdkdatatier.RedisClusterAttributes;
import io.github.cdkdatatier.RedisEngine;
import io.github.cdkdatatier.RedisUser;
import io.github.cdkdatatier.WeeklyWindow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Tokenization;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ecs.Cluster;
import software.amazon.awscdk.services.ecs.ContainerDefinition;
import software.amazon.awscdk.services.ecs.ContainerDefinitionOptions;
import software.amazon.awscdk.services.ecs.ContainerImage;
import software.amazon.awscdk.services.ecs.FargateService;
import software.amazon.awscdk.services.ecs.FargateTaskDefinition;
import software.amazon.awscdk.services.elasticache.CfnReplicationGroup;
import software.amazon.awscdk.services.iam.AccountRootPrincipal;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.constructs.Construct;

/** What is done with clusters that were made elsewhere: links, grants, metrics and imports. */
public final class RedisClientsStack extends Stack {
    public RedisClientsStack(final Construct scope, final String id, final RedisClustersStack clusters) {
        super(scope, id);
        link(clusters);
        grant(clusters);
        watch(clusters.getOrders());
        importClusters();
        tell(clusters);
        tellValues();
    }

    private void link(final RedisClustersStack clusters) {
        Map<String, String> variables = clusters.getMoving().environmentVariables();
        Function fn = Function.Builder.create(this, "Function")
            .vpc(clusters.getVpc())
            .runtime(Runtime.PYTHON_3_13)
            .handler("index.handler")
            .code(Code.fromInline("def handler(event, context): pass"))
            .environment(new TreeMap<>(Map.of(
                "MOVING_HOST", variables.get("REDIS_HOST"), "MOVING_TLS", variables.get("REDIS_TLS"))))
            .build();
        clusters.getOrders().linkFunction(fn, LinkOptions.builder().prefix("ORDERS").build());
        clusters.getPrices().linkFunction(fn);

        FargateTaskDefinition task = new FargateTaskDefinition(this, "Task");
        ContainerDefinition container = task.addContainer("Web", ContainerDefinitionOptions.builder()
            .image(ContainerImage.fromRegistry("shop/web"))
            .build());
        Cluster cluster = Cluster.Builder.create(this, "Cluster").vpc(clusters.getVpc()).build();
        FargateService service = FargateService.Builder.create(this, "Service")
            .cluster(cluster)
            .taskDefinition(task)
            .minHealthyPercent(100)
            .build();
        clusters.getMoving().linkContainer(container, service, LinkOptions.builder().prefix("MOVING").build());
        service.getConnections().allowToDefaultPort(clusters.getPrices().getConnections());
    }

    private void grant(final RedisClustersStack clusters) {
        Role role = Role.Builder.create(this, "Role").assumedBy(new AccountRootPrincipal()).build();
        clusters.getOrders().grantReadSecret(role);
        clusters.getPrices().grantConnect(role).assertSuccess();
    }

    private void watch(final RedisCluster cluster) {
        Alarm.Builder.create(this, "Evicting")
            .metric(cluster.metricEvictions(MetricOptions.builder().period(Duration.minutes(1)).build()))
            .threshold(100.5)
            .evaluationPeriods(3)
            .build();
        GraphWidget load = GraphWidget.Builder.create()
            .title("Load")
            .left(List.of(
                cluster.metricCpuUtilization(),
                cluster.metricEngineCpuUtilization(MetricOptions.builder().statistic("Maximum").build()),
                cluster.metricSwapUsage(),
                cluster.metricFreeableMemory(),
                cluster.metricDatabaseMemoryUsagePercentage()))
            .right(List.of(
                cluster.metricCurrConnections(),
                cluster.metricNewConnections(),
                cluster.metricAuthenticationFailures()))
            .build();
        GraphWidget data = GraphWidget.Builder.create()
            .title("Data")
            .left(List.of(
                cluster.metricCacheHitRate(),
                cluster.metricReplicationLag(MetricOptions.builder().period(Duration.seconds(30)).build())))
            .right(List.of(
                cluster.metric("BytesUsedForCache", MetricOptions.builder().label("bytes").build()),
                cluster.metricForNode(cluster.getNodeIds().get(0), "CurrItems")))
            .build();
        Dashboard.Builder.create(this, "Dashboard").widgets(List.of(List.of(load), List.of(data))).build();
    }

    private void importClusters() {
        IRedisCluster withPassword = RedisCluster.fromRedisClusterAttributes(this, "WithPassword", RedisClusterAttributes.builder()
            .replicationGroupName("legacy")
            .primaryEndpointAddress("primary.legacy.example.com")
            .readerEndpointAddress("reader.legacy.example.com")
            .port(6380)
            .securityGroups(List.of(SecurityGroup.fromSecurityGroupId(this, "LegacySecurityGroup", "sg-12345")))
            .secret(Secret.fromSecretNameV2(this, "LegacyLogin", "legacy/login"))
            .encryptionKey(Key.fromKeyArn(this, "LegacyKey", "arn:aws:kms:eu-west-1:111122223333:key/legacy"))
            .engine(RedisEngine.VALKEY_7_2)
            .tls(false)
            .nodeIds(List.of("legacy-001", "legacy-002"))
            .build());
        IRedisCluster withIam = RedisCluster.fromRedisClusterAttributes(this, "WithIam", RedisClusterAttributes.builder()
            .replicationGroupName("sharded")
            .configurationEndpointAddress("clustercfg.sharded.example.com")
            .iamUserId("reporter")
            .build());
        IRedisCluster withToken = RedisCluster.fromRedisClusterAttributes(this, "WithToken", RedisClusterAttributes.builder()
            .replicationGroupName("old")
            .primaryEndpointAddress("primary.old.example.com")
            .authToken(Secret.fromSecretNameV2(this, "OldToken", "old/token"))
            .build());
        IRedisCluster byHand = RedisCluster.fromCfnReplicationGroup(CfnReplicationGroup.Builder.create(this, "ByHand")
            .replicationGroupId("by-hand")
            .replicationGroupDescription("Made with the L1")
            .engine("redis")
            .cacheNodeType("cache.t4g.small")
            .numCacheClusters(2)
            .automaticFailoverEnabled(true)
            .transitEncryptionEnabled(true)
            .atRestEncryptionEnabled(true)
            .build());
        Role readers = Role.Builder.create(this, "Readers").assumedBy(new AccountRootPrincipal()).build();
        withPassword.grantReadSecret(readers);
        withToken.grantReadSecret(readers);
        withIam.grantConnect(readers);
        tellEndpoint("LegacyReader", withPassword.getReaderEndpoint());
        tellEndpoint("Sharded", withIam.getConfigurationEndpoint());
        tellEndpoint("Old", withToken.getPrimaryEndpoint());
        tellEndpoint("ByHand", byHand.getEndpoint());
        tellEndpoint("Elsewhere", new CacheEndpoint("elsewhere.example.com", 6379));
    }

    private void tell(final RedisClustersStack clusters) {
        RedisCluster orders = clusters.getOrders();
        RedisCluster moving = clusters.getMoving();
        Map<String, RedisCluster> named = new LinkedHashMap<>();
        named.put("Orders", orders);
        named.put("Prices", clusters.getPrices());
        named.put("Moving", moving);
        named.put("Scratch", clusters.getScratch());
        named.forEach((name, cluster) -> {
            output(name + "Name", cluster.getReplicationGroupName());
            output(name + "Nodes", Fn.join(",", cluster.getNodeIds()));
            tellEndpoint(name, cluster.getEndpoint());
        });
        RedisUser user = orders.getUsers().get(0);
        output("OrdersUser", user.getUserName());
        output("OrdersUserId", user.getUserId());
        output("OrdersUserSecret", user.getSecret().getSecretArn());
        output("OrdersSecret", orders.getSecret().getSecretArn());
        output("OrdersSlowLog", orders.getSlowLog().getLogGroupName());
        output("MovingEngineLog", moving.getEngineLog().getLogGroupName());
        output("MovingParameters", moving.getParameterGroupName());
        output("MovingSubnets", moving.getSubnetGroupName());
        output("PricesKey", clusters.getPrices().getEncryptionKey().getKeyArn());
        tellEndpoint("OrdersPrimary", orders.getPrimaryEndpoint());
        tellEndpoint("OrdersReader", orders.getReaderEndpoint());
        tellEndpoint("MovingConfiguration", moving.getConfigurationEndpoint());
    }

    /** What is known at synthesis. */
    private void tellValues() {
        CacheNodeType nodeType = CacheNodeType.R6_GD_XLARGE;
        RedisEngine engine = RedisEngine.VALKEY_8_0;
        output("NodeTypeName", nodeType.getName());
        output("NodeTypeVcpu", nodeType.getVcpu().toString());
        output("NodeTypeMemory", nodeType.getMemoryGiB().toString());
        output("NodeTypeDataTiering", nodeType.getDataTiering() ? "tiered" : "in memory");
        output("UnknownNodeTypeMemory", CacheNodeType.of("cache.x9z.large").getMemoryGiB() == null ? "unknown" : "known");
        output("Engine", engine.getEngine() + " " + engine.getVersion() + " of " + engine.getFamily());
        output("AccessOfJobs", AccessString.of("on ~jobs:* resetchannels -@all +@list +ping").getValue());
        output("AccessToAll", AccessString.fullAccess().getValue());
        output("Daily", DailyWindow.of("23:30-00:30").getValue());
        output("Weekly", WeeklyWindow.of("sat:23:30-sun:00:30").getValue());
    }

    private void tellEndpoint(final String name, final CacheEndpoint endpoint) {
        output(name + "Address", endpoint.getSocketAddress());
        output(name + "Host", endpoint.getHostname());
        output(name + "Port", Tokenization.stringifyNumber(endpoint.getPort()));
    }

    private void output(final String name, final String value) {
        CfnOutput.Builder.create(this, name).value(value).build();
    }
}
