package main

import (
	"fmt"
	"strconv"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecs"
	"github.com/aws/aws-cdk-go/awscdk/v2/awselasticache"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awskms"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssecretsmanager"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk-data-tier/cdk-data-tier-go/cdkdatatier"
)

// NewRedisClientsStack does what is done with clusters that were made elsewhere: links, grants, metrics and imports.
func NewRedisClientsStack(scope constructs.Construct, id string, clusters *RedisClustersStack) awscdk.Stack {
	stack := awscdk.NewStack(scope, &id, nil)
	link(stack, clusters)
	grant(stack, clusters)
	watch(stack, clusters.orders)
	importClusters(stack)
	tell(stack, clusters)
	tellValues(stack)
	return stack
}

func link(stack awscdk.Stack, clusters *RedisClustersStack) {
	variables := *clusters.moving.EnvironmentVariables(nil)
	fn := awslambda.NewFunction(stack, jsii.String("Function"), &awslambda.FunctionProps{
		Vpc:     clusters.vpc,
		Runtime: awslambda.Runtime_PYTHON_3_13(),
		Handler: jsii.String("index.handler"),
		Code:    awslambda.Code_FromInline(jsii.String("def handler(event, context): pass")),
		Environment: &map[string]*string{
			"MOVING_HOST": variables["REDIS_HOST"],
			"MOVING_TLS":  variables["REDIS_TLS"],
		},
	})
	clusters.orders.LinkFunction(fn, &cdkdatatier.LinkOptions{Prefix: jsii.String("ORDERS")})
	clusters.prices.LinkFunction(fn, nil)

	task := awsecs.NewFargateTaskDefinition(stack, jsii.String("Task"), nil)
	container := task.AddContainer(jsii.String("Web"), &awsecs.ContainerDefinitionOptions{
		Image: awsecs.ContainerImage_FromRegistry(jsii.String("shop/web"), nil),
	})
	cluster := awsecs.NewCluster(stack, jsii.String("Cluster"), &awsecs.ClusterProps{Vpc: clusters.vpc})
	service := awsecs.NewFargateService(stack, jsii.String("Service"), &awsecs.FargateServiceProps{
		Cluster:           cluster,
		TaskDefinition:    task,
		MinHealthyPercent: jsii.Number(100),
	})
	clusters.moving.LinkContainer(container, service, &cdkdatatier.LinkOptions{Prefix: jsii.String("MOVING")})
	service.Connections().AllowToDefaultPort(clusters.prices.Connections(), nil)
}

func grant(stack awscdk.Stack, clusters *RedisClustersStack) {
	role := awsiam.NewRole(stack, jsii.String("Role"), &awsiam.RoleProps{AssumedBy: awsiam.NewAccountRootPrincipal()})
	clusters.orders.GrantReadSecret(role)
	clusters.prices.GrantConnect(role).AssertSuccess()
}

func watch(stack awscdk.Stack, cluster cdkdatatier.RedisCluster) {
	awscloudwatch.NewAlarm(stack, jsii.String("Evicting"), &awscloudwatch.AlarmProps{
		Metric:            cluster.MetricEvictions(&awscloudwatch.MetricOptions{Period: awscdk.Duration_Minutes(jsii.Number(1))}),
		Threshold:         jsii.Number(100.5),
		EvaluationPeriods: jsii.Number(3),
	})
	load := awscloudwatch.NewGraphWidget(&awscloudwatch.GraphWidgetProps{
		Title: jsii.String("Load"),
		Left: &[]awscloudwatch.IMetric{
			cluster.MetricCpuUtilization(nil),
			cluster.MetricEngineCpuUtilization(&awscloudwatch.MetricOptions{Statistic: jsii.String("Maximum")}),
			cluster.MetricSwapUsage(nil),
			cluster.MetricFreeableMemory(nil),
			cluster.MetricDatabaseMemoryUsagePercentage(nil),
		},
		Right: &[]awscloudwatch.IMetric{
			cluster.MetricCurrConnections(nil),
			cluster.MetricNewConnections(nil),
			cluster.MetricAuthenticationFailures(nil),
		},
	})
	data := awscloudwatch.NewGraphWidget(&awscloudwatch.GraphWidgetProps{
		Title: jsii.String("Data"),
		Left: &[]awscloudwatch.IMetric{
			cluster.MetricCacheHitRate(nil),
			cluster.MetricReplicationLag(&awscloudwatch.MetricOptions{Period: awscdk.Duration_Seconds(jsii.Number(30))}),
		},
		Right: &[]awscloudwatch.IMetric{
			cluster.Metric(jsii.String("BytesUsedForCache"), &awscloudwatch.MetricOptions{Label: jsii.String("bytes")}),
			cluster.MetricForNode((*cluster.NodeIds())[0], jsii.String("CurrItems"), nil),
		},
	})
	awscloudwatch.NewDashboard(stack, jsii.String("Dashboard"), &awscloudwatch.DashboardProps{
		Widgets: &[]*[]awscloudwatch.IWidget{{load}, {data}},
	})
}

func importClusters(stack awscdk.Stack) {
	withPassword := cdkdatatier.RedisCluster_FromRedisClusterAttributes(stack, jsii.String("WithPassword"), &cdkdatatier.RedisClusterAttributes{
		ReplicationGroupName:   jsii.String("legacy"),
		PrimaryEndpointAddress: jsii.String("primary.legacy.example.com"),
		ReaderEndpointAddress:  jsii.String("reader.legacy.example.com"),
		Port:                   jsii.Number(6380),
		SecurityGroups: &[]awsec2.ISecurityGroup{
			awsec2.SecurityGroup_FromSecurityGroupId(stack, jsii.String("LegacySecurityGroup"), jsii.String("sg-12345"), nil),
		},
		Secret:        awssecretsmanager.Secret_FromSecretNameV2(stack, jsii.String("LegacyLogin"), jsii.String("legacy/login")),
		EncryptionKey: awskms.Key_FromKeyArn(stack, jsii.String("LegacyKey"), jsii.String("arn:aws:kms:eu-west-1:111122223333:key/legacy")),
		Engine:        cdkdatatier.RedisEngine_VALKEY_7_2(),
		Tls:           jsii.Bool(false),
		NodeIds:       jsii.Strings("legacy-001", "legacy-002"),
	})
	withIam := cdkdatatier.RedisCluster_FromRedisClusterAttributes(stack, jsii.String("WithIam"), &cdkdatatier.RedisClusterAttributes{
		ReplicationGroupName:         jsii.String("sharded"),
		ConfigurationEndpointAddress: jsii.String("clustercfg.sharded.example.com"),
		IamUserId:                    jsii.String("reporter"),
	})
	withToken := cdkdatatier.RedisCluster_FromRedisClusterAttributes(stack, jsii.String("WithToken"), &cdkdatatier.RedisClusterAttributes{
		ReplicationGroupName:   jsii.String("old"),
		PrimaryEndpointAddress: jsii.String("primary.old.example.com"),
		AuthToken:              awssecretsmanager.Secret_FromSecretNameV2(stack, jsii.String("OldToken"), jsii.String("old/token")),
	})
	byHand := cdkdatatier.RedisCluster_FromCfnReplicationGroup(
		awselasticache.NewCfnReplicationGroup(stack, jsii.String("ByHand"), &awselasticache.CfnReplicationGroupProps{
			ReplicationGroupId:          jsii.String("by-hand"),
			ReplicationGroupDescription: jsii.String("Made with the L1"),
			Engine:                      jsii.String("redis"),
			CacheNodeType:               jsii.String("cache.t4g.small"),
			NumCacheClusters:            jsii.Number(2),
			AutomaticFailoverEnabled:    true,
			TransitEncryptionEnabled:    true,
			AtRestEncryptionEnabled:     true,
		}))
	readers := awsiam.NewRole(stack, jsii.String("Readers"), &awsiam.RoleProps{AssumedBy: awsiam.NewAccountRootPrincipal()})
	withPassword.GrantReadSecret(readers)
	withToken.GrantReadSecret(readers)
	withIam.GrantConnect(readers)
	tellEndpoint(stack, "LegacyReader", withPassword.ReaderEndpoint())
	tellEndpoint(stack, "Sharded", withIam.ConfigurationEndpoint())
	tellEndpoint(stack, "Old", withToken.PrimaryEndpoint())
	tellEndpoint(stack, "ByHand", byHand.Endpoint())
	tellEndpoint(stack, "Elsewhere", cdkdatatier.NewCacheEndpoint(jsii.String("elsewhere.example.com"), jsii.Number(6379)))
}

func tell(stack awscdk.Stack, clusters *RedisClustersStack) {
	named := []struct {
		name    string
		cluster cdkdatatier.RedisCluster
	}{
		{"Orders", clusters.orders}, {"Prices", clusters.prices}, {"Moving", clusters.moving}, {"Scratch", clusters.scratch},
	}
	for _, each := range named {
		output(stack, each.name+"Name", each.cluster.ReplicationGroupName())
		output(stack, each.name+"Nodes", awscdk.Fn_Join(jsii.String(","), each.cluster.NodeIds()))
		tellEndpoint(stack, each.name, each.cluster.Endpoint())
	}
	user := (*clusters.orders.Users())[0]
	output(stack, "OrdersUser", user.UserName)
	output(stack, "OrdersUserId", user.UserId)
	output(stack, "OrdersUserSecret", user.Secret.SecretArn())
	output(stack, "OrdersSecret", clusters.orders.Secret().SecretArn())
	output(stack, "OrdersSlowLog", clusters.orders.SlowLog().LogGroupName())
	output(stack, "MovingEngineLog", clusters.moving.EngineLog().LogGroupName())
	output(stack, "MovingParameters", clusters.moving.ParameterGroupName())
	output(stack, "MovingSubnets", clusters.moving.SubnetGroupName())
	output(stack, "PricesKey", clusters.prices.EncryptionKey().KeyArn())
	tellEndpoint(stack, "OrdersPrimary", clusters.orders.PrimaryEndpoint())
	tellEndpoint(stack, "OrdersReader", clusters.orders.ReaderEndpoint())
	tellEndpoint(stack, "MovingConfiguration", clusters.moving.ConfigurationEndpoint())
}

// What is known at synthesis.
func tellValues(stack awscdk.Stack) {
	nodeType := cdkdatatier.CacheNodeType_R6GD_XLARGE()
	engine := cdkdatatier.RedisEngine_VALKEY_8_0()
	output(stack, "NodeTypeName", nodeType.Name())
	output(stack, "NodeTypeVcpu", number(nodeType.Vcpu()))
	output(stack, "NodeTypeMemory", number(nodeType.MemoryGiB()))
	output(stack, "NodeTypeDataTiering", choose(*nodeType.DataTiering(), "tiered", "in memory"))
	output(stack, "UnknownNodeTypeMemory", choose(cdkdatatier.CacheNodeType_Of(jsii.String("cache.x9z.large")).MemoryGiB() == nil, "unknown", "known"))
	output(stack, "Engine", jsii.String(fmt.Sprintf("%s %s of %s", *engine.Engine(), *engine.Version(), *engine.Family())))
	output(stack, "AccessOfJobs", cdkdatatier.AccessString_Of(jsii.String("on ~jobs:* resetchannels -@all +@list +ping")).Value())
	output(stack, "AccessToAll", cdkdatatier.AccessString_FullAccess().Value())
	output(stack, "Daily", cdkdatatier.DailyWindow_Of(jsii.String("23:30-00:30")).Value())
	output(stack, "Weekly", cdkdatatier.WeeklyWindow_Of(jsii.String("sat:23:30-sun:00:30")).Value())
}

func number(value *float64) *string {
	return jsii.String(strconv.FormatFloat(*value, 'f', -1, 64))
}

func choose(condition bool, yes string, no string) *string {
	if condition {
		return &yes
	}
	return &no
}

func tellEndpoint(stack awscdk.Stack, name string, endpoint cdkdatatier.CacheEndpoint) {
	output(stack, name+"Address", endpoint.SocketAddress())
	output(stack, name+"Host", endpoint.Hostname())
	output(stack, name+"Port", awscdk.Tokenization_StringifyNumber(endpoint.Port()))
}
