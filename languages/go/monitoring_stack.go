package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatchactions"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssns"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk-data-tier/cdk-data-tier-go/cdkdatatier"
)

// NewMonitoringStack makes alarms that are told all that they can be told, those of existing caches, and dashboards of all of them.
func NewMonitoringStack(scope constructs.Construct, id string) awscdk.Stack {
	stack := awscdk.NewStack(scope, &id, nil)
	vpc := awsec2.NewVpc(stack, jsii.String("Vpc"), &awsec2.VpcProps{MaxAzs: jsii.Number(2), NatGateways: jsii.Number(1)})
	office := awscloudwatchactions.NewSnsAction(awssns.NewTopic(stack, jsii.String("Office"), nil))
	pager := awscloudwatchactions.NewSnsAction(awssns.NewTopic(stack, jsii.String("Pager"), nil))
	cache := makeCache(stack, vpc, office, pager)
	pages := makeWatchedPages(stack, vpc, office)
	sessions := cdkdatatier.NewSessionStore(stack, jsii.String("Sessions"), &cdkdatatier.SessionStoreProps{
		Vpc: vpc,
		Alarms: &cdkdatatier.RedisAlarmOptions{
			Actions:           &[]awscloudwatch.IAlarmAction{office},
			TrafficManagement: &cdkdatatier.AlarmTuning{Enabled: jsii.Bool(false)},
		},
	})
	quiet := cdkdatatier.NewRedisCluster(stack, jsii.String("Quiet"), &cdkdatatier.RedisClusterProps{
		Vpc:    vpc,
		Alarms: &cdkdatatier.RedisAlarmOptions{Enabled: jsii.Bool(false)},
	})
	cache.Alarms().AddAction(pager)
	watchImports(stack, office)

	dashboard := cdkdatatier.NewDataTierDashboard(stack, jsii.String("Dashboard"), &cdkdatatier.DataTierDashboardProps{
		DashboardName:   jsii.String("shop-data-tier"),
		DefaultInterval: awscdk.Duration_Hours(jsii.Number(12)),
	})
	dashboard.Add(cache, pages, sessions, quiet)
	dashboard.Dashboard().AddWidgets(join(cache.DashboardHeadlines(), pages.DashboardHeadlines(), sessions.DashboardHeadlines())...)
	details := cdkdatatier.NewDataTierDashboard(stack, jsii.String("Details"), nil)
	details.Dashboard().AddWidgets(join(cache.DashboardWidgets(), pages.DashboardWidgets(), sessions.DashboardWidgets())...)

	output(stack, "QuietAlarms", choose(quiet.Alarms() != nil, "some", "none"))
	output(stack, "CacheCritical", cache.Alarms().AnyCritical().AlarmArn())
	output(stack, "CacheWarning", cache.Alarms().AnyWarning().AlarmArn())
	output(stack, "CacheMemory", cache.Alarms().ByKey(jsii.String("memory"), cdkdatatier.AlarmSeverity_CRITICAL).AlarmName())
	output(stack, "CacheAlarmNames", names(cache.Alarms().All()))
	output(stack, "PagesCritical", pages.Alarms().AnyCritical().AlarmArn())
	output(stack, "SessionsCritical", sessions.Alarms().AnyCritical().AlarmArn())
	return stack
}

func makeCache(
	stack awscdk.Stack, vpc awsec2.Vpc, office awscloudwatchactions.SnsAction, pager awscloudwatchactions.SnsAction,
) cdkdatatier.RedisCluster {
	return cdkdatatier.NewRedisCluster(stack, jsii.String("Cache"), &cdkdatatier.RedisClusterProps{
		Vpc:            vpc,
		NodeType:       cdkdatatier.CacheNodeType_R7G_XLARGE(),
		EvictionPolicy: cdkdatatier.EvictionPolicy_NOEVICTION,
		Alarms: &cdkdatatier.RedisAlarmOptions{
			Actions:                &[]awscloudwatch.IAlarmAction{office},
			CriticalActions:        &[]awscloudwatch.IAlarmAction{pager},
			OkActions:              &[]awscloudwatch.IAlarmAction{office},
			Complete:               jsii.Bool(true),
			Memory:                 &cdkdatatier.AlarmTuning{Threshold: jsii.Number(70.5), CriticalThreshold: jsii.Number(90)},
			EngineCpu:              &cdkdatatier.AlarmTuning{Threshold: jsii.Number(85), Severity: cdkdatatier.AlarmSeverity_WARNING},
			Cpu:                    &cdkdatatier.AlarmTuning{Enabled: jsii.Bool(true), Description: jsii.String("The host is busy: ask the data team")},
			Evictions:              &cdkdatatier.AlarmTuning{Enabled: jsii.Bool(true), Period: awscdk.Duration_Minutes(jsii.Number(10))},
			Connections:            &cdkdatatier.AlarmTuning{EvaluationPeriods: jsii.Number(6), DatapointsToAlarm: jsii.Number(4)},
			FreeMemory:             &cdkdatatier.AlarmTuning{TreatMissingData: awscloudwatch.TreatMissingData_BREACHING},
			Nodes:                  &cdkdatatier.AlarmTuning{EvaluationPeriods: jsii.Number(3)},
			NetworkAllowances:      &cdkdatatier.AlarmTuning{Threshold: jsii.Number(10)},
			CpuCredits:             &cdkdatatier.AlarmTuning{Enabled: jsii.Bool(true), Threshold: jsii.Number(20)},
			HitRate:                &cdkdatatier.AlarmTuning{Enabled: jsii.Bool(false)},
			Capacity:               &cdkdatatier.AlarmTuning{Enabled: jsii.Bool(false)},
			ReplicationLag:         &cdkdatatier.AlarmTuning{Threshold: jsii.Number(2.5)},
			AuthenticationFailures: &cdkdatatier.AlarmTuning{Threshold: jsii.Number(3)},
			AuthorizationFailures:  &cdkdatatier.AlarmTuning{Threshold: jsii.Number(4)},
			TrafficManagement:      &cdkdatatier.AlarmTuning{Severity: cdkdatatier.AlarmSeverity_CRITICAL},
			DurabilityLag:          &cdkdatatier.AlarmTuning{Enabled: jsii.Bool(false)},
			FailedCommands:         &cdkdatatier.AlarmTuning{Threshold: jsii.Number(5)},
		},
	})
}

func makeWatchedPages(stack awscdk.Stack, vpc awsec2.Vpc, office awscloudwatchactions.SnsAction) cdkdatatier.MemcachedPool {
	return cdkdatatier.NewMemcachedPool(stack, jsii.String("Pages"), &cdkdatatier.MemcachedPoolProps{
		Vpc: vpc,
		Alarms: &cdkdatatier.MemcachedAlarmOptions{
			Actions: &[]awscloudwatch.IAlarmAction{office},
			Cpu:     &cdkdatatier.AlarmTuning{Threshold: jsii.Number(80), CriticalThreshold: jsii.Number(95)},
			HitRate: &cdkdatatier.AlarmTuning{Threshold: jsii.Number(50)},
		},
	})
}

func watchImports(stack awscdk.Stack, office awscloudwatchactions.SnsAction) {
	orders := cdkdatatier.RedisCluster_FromRedisClusterAttributes(stack, jsii.String("Orders"), &cdkdatatier.RedisClusterAttributes{
		ReplicationGroupName:   jsii.String("orders"),
		PrimaryEndpointAddress: jsii.String("primary.orders.example.com"),
		NodeIds:                jsii.Strings("orders-001", "orders-002"),
	})
	ofOrders := cdkdatatier.NewRedisAlarms(stack, jsii.String("OrdersAlarms"), &cdkdatatier.RedisAlarmsProps{
		Cluster:  orders,
		NodeType: cdkdatatier.CacheNodeType_R7G_LARGE(),
		Actions:  &[]awscloudwatch.IAlarmAction{office},
		Memory:   &cdkdatatier.AlarmTuning{Threshold: jsii.Number(75)},
	})
	ofOrders.AddAction(office)
	legacy := cdkdatatier.MemcachedPool_FromMemcachedPoolAttributes(stack, jsii.String("Legacy"), &cdkdatatier.MemcachedPoolAttributes{
		PoolName:                     jsii.String("legacy"),
		ConfigurationEndpointAddress: jsii.String("legacy.abc123.cfg.euw1.cache.amazonaws.com"),
		NodeIds:                      jsii.Strings("0001", "0002"),
	})
	ofLegacy := cdkdatatier.NewMemcachedAlarms(stack, jsii.String("LegacyAlarms"), &cdkdatatier.MemcachedAlarmsProps{
		Pool:     legacy,
		NodeType: cdkdatatier.CacheNodeType_T4G_SMALL(),
	})
	ofLegacy.AddAction(office)

	output(stack, "OrdersCritical", ofOrders.AnyCritical().AlarmArn())
	output(stack, "OrdersWarning", ofOrders.AnyWarning().AlarmArn())
	output(stack, "OrdersMemory", ofOrders.ByKey(jsii.String("memory"), "").AlarmName())
	output(stack, "OrdersAlarmNames", names(ofOrders.All()))
	output(stack, "LegacyCritical", ofLegacy.AnyCritical().AlarmArn())
	output(stack, "LegacyWarning", ofLegacy.AnyWarning().AlarmArn())
	output(stack, "LegacyCpu", ofLegacy.ByKey(jsii.String("cpu"), "").AlarmName())
	output(stack, "LegacyAlarmNames", names(ofLegacy.All()))
}

func join(lists ...*[]awscloudwatch.IWidget) []awscloudwatch.IWidget {
	var widgets []awscloudwatch.IWidget
	for _, list := range lists {
		widgets = append(widgets, *list...)
	}
	return widgets
}

func names(alarms *[]awscloudwatch.AlarmBase) *string {
	var all []*string
	for _, alarm := range *alarms {
		all = append(all, alarm.AlarmName())
	}
	return awscdk.Fn_Join(jsii.String(","), &all)
}
