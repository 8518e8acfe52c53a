package shop;

import io.github.cdkdatatier.CacheIpDiscovery;
import io.github.cdkdatatier.CacheNetworkType;
import io.github.cdkdatatier.CacheNodeType;
import io.github.cdkdatatier.IMemcachedPool;
import io.github.cdkdatatier.LinkOptions;
import io.github.cdkdatatier.MemcachedPool;
import io.github.cdkdatatier.MemcachedPoolAttributes;
import io.github.cdkdatatier.MemcachedVersion;
import io.github.cdkdatatier.MemcachedVersionOptions;
import io.github.cdkdatatier.WeeklyWindow;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Size;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Tokenization;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.ec2.IpProtocol;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.ecs.Cluster;
import software.amazon.awscdk.services.ecs.ContainerDefinition;
import software.amazon.awscdk.services.ecs.ContainerDefinitionOptions;
import software.amazon.awscdk.services.ecs.ContainerImage;
import software.amazon.awscdk.services.ecs.FargateService;
import software.amazon.awscdk.services.ecs.FargateTaskDefinition;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/** Pages in a pool that is told everything that a pool can be told, one with the defaults, and one that exists already. */
public final class MemcachedPoolStack extends Stack {
    public MemcachedPoolStack(final Construct scope, final String id) {
        super(scope, id);
        Vpc vpc = Vpc.Builder.create(this, "Vpc").ipProtocol(IpProtocol.DUAL_STACK).maxAzs(2).natGateways(1).build();
        MemcachedPool pages = makePages(vpc);
        link(vpc, pages, MemcachedPool.Builder.create(this, "Fragments").vpc(vpc).build());
        watch(pages);
        importPool();
        tell(pages);
    }

    private MemcachedPool makePages(final Vpc vpc) {
        return MemcachedPool.Builder.create(this, "Pages")
            .vpc(vpc)
            .vpcSubnets(SubnetSelection.builder().subnetType(SubnetType.PRIVATE_WITH_EGRESS).build())
            .securityGroups(List.of(SecurityGroup.Builder.create(this, "PagesSecurityGroup").vpc(vpc).allowAllOutbound(false).build()))
            .port(11311)
            .version(MemcachedVersion.V1_6_22)
            .nodeCount(3)
            .nodeType(CacheNodeType.R7_G_LARGE)
            .transitEncryption(true)
            .maxItemSize(Size.mebibytes(4))
            .chunkSize(Size.bytes(96))
            .parameters(Map.of("idle_timeout", "600", "disable_flush_all", "1"))
            .networkType(CacheNetworkType.DUAL_STACK)
            .ipDiscovery(CacheIpDiscovery.IPV6)
            .maintenanceWindow(WeeklyWindow.of("wed:03:30-wed:04:30"))
            .notificationTopic(new Topic(this, "PagesTopic"))
            .poolName("shop-pages")
            .removalPolicy(RemovalPolicy.RETAIN)
            .build();
    }

    private void link(final Vpc vpc, final MemcachedPool pages, final MemcachedPool fragments) {
        Map<String, String> variables = fragments.environmentVariables();
        Function fn = Function.Builder.create(this, "Function")
            .vpc(vpc)
            .runtime(Runtime.PYTHON_3_13)
            .handler("index.handler")
            .code(Code.fromInline("def handler(event, context): pass"))
            .environment(new TreeMap<>(Map.of(
                "FRAGMENTS_HOST", variables.get("MEMCACHED_HOST"), "FRAGMENTS_TLS", variables.get("MEMCACHED_TLS"))))
            .build();
        pages.linkFunction(fn, LinkOptions.builder().prefix("PAGES").build());
        fn.getConnections().allowToDefaultPort(fragments.getConnections());

        FargateTaskDefinition task = new FargateTaskDefinition(this, "Task");
        ContainerDefinition container = task.addContainer("Web", ContainerDefinitionOptions.builder()
            .image(ContainerImage.fromRegistry("shop/web"))
            .build());
        Cluster cluster = Cluster.Builder.create(this, "Cluster").vpc(vpc).build();
        FargateService service = FargateService.Builder.create(this, "Service")
            .cluster(cluster)
            .taskDefinition(task)
            .minHealthyPercent(100)
            .build();
        pages.linkContainer(container, service);
    }

    private void watch(final MemcachedPool pool) {
        Alarm.Builder.create(this, "Evicting")
            .metric(pool.metricEvictions(MetricOptions.builder().period(Duration.minutes(1)).build()))
            .threshold(100.5)
            .evaluationPeriods(3)
            .build();
        GraphWidget load = GraphWidget.Builder.create()
            .title("Load")
            .left(List.of(pool.metricCpuUtilization(), pool.metricSwapUsage(), pool.metricFreeableMemory()))
            .right(List.of(pool.metricCurrConnections(), pool.metricNewConnections()))
            .build();
        GraphWidget data = GraphWidget.Builder.create()
            .title("Data")
            .left(List.of(
                pool.metricCacheHitRate(),
                pool.metricBytesUsedForCacheItems(),
                pool.metricUnusedMemory(MetricOptions.builder().statistic("Average").build())))
            .right(List.of(
                pool.metricCurrItems(),
                pool.metric("GetHits", MetricOptions.builder().label("hits").build()),
                pool.metricForNode(pool.getNodeIds().get(0), "CmdGet")))
            .build();
        Dashboard.Builder.create(this, "Dashboard").widgets(List.of(List.of(load), List.of(data))).build();
    }

    private void importPool() {
        IMemcachedPool legacy = MemcachedPool.fromMemcachedPoolAttributes(this, "Legacy", MemcachedPoolAttributes.builder()
            .poolName("legacy")
            .configurationEndpointAddress("legacy.abc123.cfg.euw1.cache.amazonaws.com")
            .port(11212)
            .securityGroups(List.of(SecurityGroup.fromSecurityGroupId(this, "LegacySecurityGroup", "sg-12345")))
            .tls(false)
            .nodeIds(List.of("0001", "0002"))
            .build());
        output("LegacyNode", legacy.getNodeEndpoints().get(1).getSocketAddress());
        output("LegacyTls", legacy.environmentVariables("LEGACY").get("LEGACY_TLS"));
    }

    private void tell(final MemcachedPool pool) {
        MemcachedVersion version = MemcachedVersion.of(MemcachedVersionOptions.builder().version("1.6.30").family("memcached1.6").build());
        output("Name", pool.getPoolName());
        output("Nodes", Fn.join(",", pool.getNodeIds()));
        output("FirstNode", pool.getNodeEndpoints().get(0).getSocketAddress());
        output("Address", pool.getConfigurationEndpoint().getHostname());
        output("Port", Tokenization.stringifyNumber(pool.getConfigurationEndpoint().getPort()));
        output("Parameters", pool.getParameterGroupName());
        output("Subnets", pool.getSubnetGroupName());
        output("Version", version.getVersion() + " of " + version.getFamily());
    }

    private void output(final String name, final String value) {
        CfnOutput.Builder.create(this, name).value(value).build();
    }
}
