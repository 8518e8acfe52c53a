package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsapplicationautoscaling"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awskinesisfirehose"
	"github.com/aws/aws-cdk-go/awscdk/v2/awskms"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslogs"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssns"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk-data-tier/cdk-data-tier-go/cdkdatatier"
)

// RedisClustersStack has a cluster for every mode and every login, which together are told everything that a cluster can be told.
type RedisClustersStack struct {
	stack   awscdk.Stack
	vpc     awsec2.Vpc
	orders  cdkdatatier.RedisCluster
	prices  cdkdatatier.RedisCluster
	moving  cdkdatatier.RedisCluster
	scratch cdkdatatier.RedisCluster
}

// NewRedisClustersStack makes the clusters.
func NewRedisClustersStack(scope constructs.Construct, id string) *RedisClustersStack {
	stack := awscdk.NewStack(scope, &id, nil)
	clusters := &RedisClustersStack{stack: stack}
	clusters.vpc = awsec2.NewVpc(stack, jsii.String("Vpc"), &awsec2.VpcProps{
		IpAddresses: awsec2.IpAddresses_Cidr(jsii.String("10.20.0.0/16")),
		IpProtocol:  awsec2.IpProtocol_DUAL_STACK,
		MaxAzs:      jsii.Number(2),
		NatGateways: jsii.Number(1),
	})
	clusters.orders = clusters.makeOrders()
	clusters.prices = clusters.makePrices()
	clusters.moving = clusters.makeMoving()
	clusters.scratch = clusters.makeScratch()
	return clusters
}

// Cluster mode disabled, with a password, restored from a snapshot.
func (clusters *RedisClustersStack) makeOrders() cdkdatatier.RedisCluster {
	securityGroup := awsec2.NewSecurityGroup(clusters.stack, jsii.String("OrdersSecurityGroup"), &awsec2.SecurityGroupProps{
		Vpc:              clusters.vpc,
		AllowAllOutbound: jsii.Bool(false),
	})
	securityGroup.Connections().AllowInternally(awsec2.Port_Tcp(jsii.Number(7000)), nil)
	return cdkdatatier.NewRedisCluster(clusters.stack, jsii.String("Orders"), &cdkdatatier.RedisClusterProps{
		Vpc:            clusters.vpc,
		VpcSubnets:     &awsec2.SubnetSelection{SubnetType: awsec2.SubnetType_PRIVATE_WITH_EGRESS},
		SecurityGroups: &[]awsec2.ISecurityGroup{securityGroup},
		Port:           jsii.Number(7000),
		Engine:         cdkdatatier.RedisEngine_REDIS_7_1(),
		NodeType:       cdkdatatier.CacheNodeType_R7G_2XLARGE(),
		ClusterMode:    cdkdatatier.ClusterMode_Disabled(&cdkdatatier.ClusterModeDisabledOptions{Replicas: jsii.Number(2)}),
		Auth: cdkdatatier.RedisAuth_Users(&cdkdatatier.RedisUsersOptions{
			UserName: jsii.String("orders"),
			Access:   cdkdatatier.AccessString_ReadWrite(&cdkdatatier.AccessStringOptions{Keys: jsii.Strings("order:*", "cart:*")}),
		}),
		TransitEncryption: cdkdatatier.TransitEncryption_REQUIRED,
		Encryption:        cdkdatatier.Encryption_AwsManaged(),
		EvictionPolicy:    cdkdatatier.EvictionPolicy_ALLKEYS_LFU,
		Parameters: &map[string]*string{
			"slowlog-log-slower-than": jsii.String("20000"),
			"notify-keyspace-events":  jsii.String("Ex"),
		},
		RestoreFrom:             cdkdatatier.RedisSnapshotSource_Snapshot(jsii.String("orders-before-the-sale")),
		BackupRetention:         awscdk.Duration_Days(jsii.Number(14)),
		BackupWindow:            cdkdatatier.DailyWindow_Of(jsii.String("02:00-03:00")),
		MaintenanceWindow:       cdkdatatier.WeeklyWindow_Of(jsii.String("tue:03:30-tue:04:30")),
		SnapshotNode:            jsii.Number(2),
		AutoMinorVersionUpgrade: jsii.Bool(false),
		Logs: &cdkdatatier.RedisLogOptions{
			Destination: cdkdatatier.RedisLogDestination_CloudWatch(),
			Format:      cdkdatatier.RedisLogFormat_JSON,
			Retention:   awslogs.RetentionDays_THREE_MONTHS,
			SlowLog:     jsii.Bool(true),
			EngineLog:   jsii.Bool(false),
		},
		NotificationTopic:    awssns.NewTopic(clusters.stack, jsii.String("OrdersTopic"), nil),
		ReplicationGroupName: jsii.String("Shop-Orders"),
		Description:          jsii.String(`Orders, "open" and paid: naïve ✓`),
		RemovalPolicy:        awscdk.RemovalPolicy_RETAIN,
	})
}

// Cluster mode enabled, with IAM, and scaled.
func (clusters *RedisClustersStack) makePrices() cdkdatatier.RedisCluster {
	zones := *clusters.stack.AvailabilityZones()
	prices := cdkdatatier.NewRedisCluster(clusters.stack, jsii.String("Prices"), &cdkdatatier.RedisClusterProps{
		Vpc:      clusters.vpc,
		Engine:   cdkdatatier.RedisEngine_VALKEY_9_0(),
		NodeType: cdkdatatier.CacheNodeType_FromInstanceType(awsec2.InstanceType_Of(awsec2.InstanceClass_R7G, awsec2.InstanceSize_XLARGE)),
		ClusterMode: cdkdatatier.ClusterMode_Enabled(&cdkdatatier.ClusterModeEnabledOptions{
			Shards:           jsii.Number(2),
			ReplicasPerShard: jsii.Number(1),
			ShardLayout: &[]*cdkdatatier.ShardLayout{
				{ShardId: jsii.String("0001"), Slots: jsii.String("0-8191")},
				{
					ShardId:      jsii.String("0002"),
					Slots:        jsii.String("8192-16383"),
					Replicas:     jsii.Number(1),
					PrimaryZone:  zones[0],
					ReplicaZones: &[]*string{zones[1]},
				},
			},
		}),
		Auth: cdkdatatier.RedisAuth_Iam(&cdkdatatier.RedisIamOptions{
			Access: cdkdatatier.AccessString_ReadOnly(&cdkdatatier.AccessStringOptions{Keys: jsii.Strings("price:*")}),
		}),
		Encryption: cdkdatatier.Encryption_CustomerManaged(
			awskms.NewKey(clusters.stack, jsii.String("PricesKey"), &awskms.KeyProps{EnableKeyRotation: jsii.Bool(true)})),
		Durability:     cdkdatatier.RedisDurability_SYNC,
		NetworkType:    cdkdatatier.CacheNetworkType_DUAL_STACK,
		IpDiscovery:    cdkdatatier.CacheIpDiscovery_IPV6,
		EvictionPolicy: cdkdatatier.EvictionPolicy_NOEVICTION,
		Logs: &cdkdatatier.RedisLogOptions{
			Destination: cdkdatatier.RedisLogDestination_Firehose(
				awskinesisfirehose.DeliveryStream_FromDeliveryStreamAttributes(clusters.stack, jsii.String("Stream"),
					&awskinesisfirehose.DeliveryStreamAttributes{DeliveryStreamName: jsii.String("aws-logs-prices")})),
			Format: cdkdatatier.RedisLogFormat_TEXT,
		},
	})

	shards := prices.AutoScaleShards(&awsapplicationautoscaling.EnableScalingProps{MinCapacity: jsii.Number(2), MaxCapacity: jsii.Number(10)})
	shards.ScaleOnMemoryUsage(jsii.String("Memory"), &cdkdatatier.RedisScalingProps{
		TargetUtilizationPercent: jsii.Number(60),
		ScaleInCooldown:          awscdk.Duration_Minutes(jsii.Number(10)),
	})
	shards.ScaleOnSchedule(jsii.String("Sale"), &awsapplicationautoscaling.ScalingSchedule{
		Schedule: awsapplicationautoscaling.Schedule_Cron(&awsapplicationautoscaling.CronOptions{
			WeekDay: jsii.String("FRI"),
			Hour:    jsii.String("6"),
			Minute:  jsii.String("0"),
		}),
		MinCapacity: jsii.Number(4),
	})
	replicas := prices.AutoScaleReplicas(&awsapplicationautoscaling.EnableScalingProps{MinCapacity: jsii.Number(1), MaxCapacity: jsii.Number(5)})
	replicas.ScaleOnEngineCpuUtilization(jsii.String("Cpu"), &cdkdatatier.RedisScalingProps{
		TargetUtilizationPercent: jsii.Number(45.5),
		DisableScaleIn:           jsii.Bool(true),
	})
	replicas.ScaleOnSchedule(jsii.String("Night"), &awsapplicationautoscaling.ScalingSchedule{
		Schedule:    awsapplicationautoscaling.Schedule_Rate(awscdk.Duration_Days(jsii.Number(1))),
		MaxCapacity: jsii.Number(3),
	})
	return prices
}

// On its way to cluster mode enabled, with a token, restored from a file.
func (clusters *RedisClustersStack) makeMoving() cdkdatatier.RedisCluster {
	return cdkdatatier.NewRedisCluster(clusters.stack, jsii.String("Moving"), &cdkdatatier.RedisClusterProps{
		Vpc: clusters.vpc,
		Engine: cdkdatatier.RedisEngine_Of(&cdkdatatier.RedisEngineOptions{
			Engine:  jsii.String("valkey"),
			Version: jsii.String("8.2"),
			Family:  jsii.String("valkey8"),
		}),
		NodeType:    cdkdatatier.CacheNodeType_Of(jsii.String("cache.m7g.large")),
		ClusterMode: cdkdatatier.ClusterMode_Compatible(&cdkdatatier.ClusterModeCompatibleOptions{Replicas: jsii.Number(1)}),
		Auth:        cdkdatatier.RedisAuth_Token(),
		RestoreFrom: cdkdatatier.RedisSnapshotSource_RdbFile(
			awss3.Bucket_FromBucketName(clusters.stack, jsii.String("Seeds"), jsii.String("shop-seeds")), jsii.String("moving/dump.rdb")),
	})
}

// Sharded, without login, for tests: everything that costs is off.
func (clusters *RedisClustersStack) makeScratch() cdkdatatier.RedisCluster {
	scratch := cdkdatatier.NewRedisCluster(clusters.stack, jsii.String("Scratch"), &cdkdatatier.RedisClusterProps{
		Vpc:      clusters.vpc,
		NodeType: cdkdatatier.CacheNodeType_M6G_LARGE(),
		ClusterMode: cdkdatatier.ClusterMode_Enabled(&cdkdatatier.ClusterModeEnabledOptions{
			Shards:           jsii.Number(3),
			ReplicasPerShard: jsii.Number(0),
		}),
		Auth:              cdkdatatier.RedisAuth_None(),
		TransitEncryption: cdkdatatier.TransitEncryption_DISABLED,
		Encryption:        cdkdatatier.Encryption_CustomerManaged(nil),
		BackupRetention:   awscdk.Duration_Days(jsii.Number(0)),
		Logs:              &cdkdatatier.RedisLogOptions{SlowLog: jsii.Bool(false), EngineLog: jsii.Bool(false)},
		RemovalPolicy:     awscdk.RemovalPolicy_DESTROY,
	})
	scratch.AutoScaleShards(&awsapplicationautoscaling.EnableScalingProps{MinCapacity: jsii.Number(1), MaxCapacity: jsii.Number(4)}).
		ScaleOnEngineCpuUtilization(jsii.String("Cpu"), &cdkdatatier.RedisScalingProps{TargetUtilizationPercent: jsii.Number(50)})
	return scratch
}
