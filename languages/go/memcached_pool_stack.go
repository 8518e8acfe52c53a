package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecs"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssns"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk-data-tier/cdk-data-tier-go/cdkdatatier"
)

// NewMemcachedPoolStack makes pages in a pool that is told everything that a pool can be told, one with the defaults, and one that exists already.
func NewMemcachedPoolStack(scope constructs.Construct, id string) awscdk.Stack {
	stack := awscdk.NewStack(scope, &id, nil)
	vpc := awsec2.NewVpc(stack, jsii.String("Vpc"), &awsec2.VpcProps{
		IpProtocol:  awsec2.IpProtocol_DUAL_STACK,
		MaxAzs:      jsii.Number(2),
		NatGateways: jsii.Number(1),
	})
	pages := makePages(stack, vpc)
	linkPools(stack, vpc, pages, cdkdatatier.NewMemcachedPool(stack, jsii.String("Fragments"), &cdkdatatier.MemcachedPoolProps{Vpc: vpc}))
	watchPool(stack, pages)
	importPool(stack)
	tellPool(stack, pages)
	return stack
}

func makePages(stack awscdk.Stack, vpc awsec2.Vpc) cdkdatatier.MemcachedPool {
	return cdkdatatier.NewMemcachedPool(stack, jsii.String("Pages"), &cdkdatatier.MemcachedPoolProps{
		Vpc:        vpc,
		VpcSubnets: &awsec2.SubnetSelection{SubnetType: awsec2.SubnetType_PRIVATE_WITH_EGRESS},
		SecurityGroups: &[]awsec2.ISecurityGroup{
			awsec2.NewSecurityGroup(stack, jsii.String("PagesSecurityGroup"), &awsec2.SecurityGroupProps{Vpc: vpc, AllowAllOutbound: jsii.Bool(false)}),
		},
		Port:              jsii.Number(11311),
		Version:           cdkdatatier.MemcachedVersion_V1_6_22(),
		NodeCount:         jsii.Number(3),
		NodeType:          cdkdatatier.CacheNodeType_R7G_LARGE(),
		TransitEncryption: jsii.Bool(true),
		MaxItemSize:       awscdk.Size_Mebibytes(jsii.Number(4)),
		ChunkSize:         awscdk.Size_Bytes(jsii.Number(96)),
		Parameters:        &map[string]*string{"idle_timeout": jsii.String("600"), "disable_flush_all": jsii.String("1")},
		NetworkType:       cdkdatatier.CacheNetworkType_DUAL_STACK,
		IpDiscovery:       cdkdatatier.CacheIpDiscovery_IPV6,
		MaintenanceWindow: cdkdatatier.WeeklyWindow_Of(jsii.String("wed:03:30-wed:04:30")),
		NotificationTopic: awssns.NewTopic(stack, jsii.String("PagesTopic"), nil),
		PoolName:          jsii.String("shop-pages"),
		RemovalPolicy:     awscdk.RemovalPolicy_RETAIN,
	})
}

func linkPools(stack awscdk.Stack, vpc awsec2.Vpc, pages cdkdatatier.MemcachedPool, fragments cdkdatatier.MemcachedPool) {
	variables := *fragments.EnvironmentVariables(nil)
	fn := awslambda.NewFunction(stack, jsii.String("Function"), &awslambda.FunctionProps{
		Vpc:     vpc,
		Runtime: awslambda.Runtime_PYTHON_3_13(),
		Handler: jsii.String("index.handler"),
		Code:    awslambda.Code_FromInline(jsii.String("def handler(event, context): pass")),
		Environment: &map[string]*string{
			"FRAGMENTS_HOST": variables["MEMCACHED_HOST"],
			"FRAGMENTS_TLS":  variables["MEMCACHED_TLS"],
		},
	})
	pages.LinkFunction(fn, &cdkdatatier.LinkOptions{Prefix: jsii.String("PAGES")})
	fn.Connections().AllowToDefaultPort(fragments.Connections(), nil)

	task := awsecs.NewFargateTaskDefinition(stack, jsii.String("Task"), nil)
	container := task.AddContainer(jsii.String("Web"), &awsecs.ContainerDefinitionOptions{
		Image: awsecs.ContainerImage_FromRegistry(jsii.String("shop/web"), nil),
	})
	cluster := awsecs.NewCluster(stack, jsii.String("Cluster"), &awsecs.ClusterProps{Vpc: vpc})
	service := awsecs.NewFargateService(stack, jsii.String("Service"), &awsecs.FargateServiceProps{
		Cluster:           cluster,
		TaskDefinition:    task,
		MinHealthyPercent: jsii.Number(100),
	})
	pages.LinkContainer(container, service, nil)
}

func watchPool(stack awscdk.Stack, pool cdkdatatier.MemcachedPool) {
	awscloudwatch.NewAlarm(stack, jsii.String("Evicting"), &awscloudwatch.AlarmProps{
		Metric:            pool.MetricEvictions(&awscloudwatch.MetricOptions{Period: awscdk.Duration_Minutes(jsii.Number(1))}),
		Threshold:         jsii.Number(100.5),
		EvaluationPeriods: jsii.Number(3),
	})
	load := awscloudwatch.NewGraphWidget(&awscloudwatch.GraphWidgetProps{
		Title: jsii.String("Load"),
		Left: &[]awscloudwatch.IMetric{
			pool.MetricCpuUtilization(nil), pool.MetricSwapUsage(nil), pool.MetricFreeableMemory(nil),
		},
		Right: &[]awscloudwatch.IMetric{pool.MetricCurrConnections(nil), pool.MetricNewConnections(nil)},
	})
	data := awscloudwatch.NewGraphWidget(&awscloudwatch.GraphWidgetProps{
		Title: jsii.String("Data"),
		Left: &[]awscloudwatch.IMetric{
			pool.MetricCacheHitRate(nil),
			pool.MetricBytesUsedForCacheItems(nil),
			pool.MetricUnusedMemory(&awscloudwatch.MetricOptions{Statistic: jsii.String("Average")}),
		},
		Right: &[]awscloudwatch.IMetric{
			pool.MetricCurrItems(nil),
			pool.Metric(jsii.String("GetHits"), &awscloudwatch.MetricOptions{Label: jsii.String("hits")}),
			pool.MetricForNode((*pool.NodeIds())[0], jsii.String("CmdGet"), nil),
		},
	})
	awscloudwatch.NewDashboard(stack, jsii.String("Dashboard"), &awscloudwatch.DashboardProps{
		Widgets: &[]*[]awscloudwatch.IWidget{{load}, {data}},
	})
}

func importPool(stack awscdk.Stack) {
	legacy := cdkdatatier.MemcachedPool_FromMemcachedPoolAttributes(stack, jsii.String("Legacy"), &cdkdatatier.MemcachedPoolAttributes{
		PoolName:                     jsii.String("legacy"),
		ConfigurationEndpointAddress: jsii.String("legacy.abc123.cfg.euw1.cache.amazonaws.com"),
		Port:                         jsii.Number(11212),
		SecurityGroups: &[]awsec2.ISecurityGroup{
			awsec2.SecurityGroup_FromSecurityGroupId(stack, jsii.String("LegacySecurityGroup"), jsii.String("sg-12345"), nil),
		},
		Tls:     jsii.Bool(false),
		NodeIds: jsii.Strings("0001", "0002"),
	})
	output(stack, "LegacyNode", (*legacy.NodeEndpoints())[1].SocketAddress())
	output(stack, "LegacyTls", (*legacy.EnvironmentVariables(jsii.String("LEGACY")))["LEGACY_TLS"])
}

func tellPool(stack awscdk.Stack, pool cdkdatatier.MemcachedPool) {
	version := cdkdatatier.MemcachedVersion_Of(&cdkdatatier.MemcachedVersionOptions{
		Version: jsii.String("1.6.30"),
		Family:  jsii.String("memcached1.6"),
	})
	output(stack, "Name", pool.PoolName())
	output(stack, "Nodes", awscdk.Fn_Join(jsii.String(","), pool.NodeIds()))
	output(stack, "FirstNode", (*pool.NodeEndpoints())[0].SocketAddress())
	output(stack, "Address", pool.ConfigurationEndpoint().Hostname())
	output(stack, "Port", awscdk.Tokenization_StringifyNumber(pool.ConfigurationEndpoint().Port()))
	output(stack, "Parameters", pool.ParameterGroupName())
	output(stack, "Subnets", pool.SubnetGroupName())
	output(stack, "Version", jsii.String(*version.Version()+" of "+*version.Family()))
}
