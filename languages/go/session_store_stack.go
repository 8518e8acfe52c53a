package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecs"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecspatterns"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk-data-tier/cdk-data-tier-go/cdkdatatier"
)

// NewSessionStoreStack makes a web application whose users stay logged in whichever task answers, and a small one beside it.
func NewSessionStoreStack(scope constructs.Construct, id string) awscdk.Stack {
	stack := awscdk.NewStack(scope, &id, nil)

	vpc := awsec2.NewVpc(stack, jsii.String("Vpc"), &awsec2.VpcProps{MaxAzs: jsii.Number(2), NatGateways: jsii.Number(1)})

	capacity := cdkdatatier.SessionCapacity_Of(&cdkdatatier.SessionCapacityOptions{
		ConcurrentSessions: jsii.Number(50_000),
		AverageSize:        awscdk.Size_Kibibytes(jsii.Number(2)),
	})
	sessions := cdkdatatier.NewSessionStore(stack, jsii.String("Sessions"), &cdkdatatier.SessionStoreProps{
		Vpc:             vpc,
		Capacity:        capacity,
		IdleTimeout:     awscdk.Duration_Minutes(jsii.Number(20)),
		AbsoluteTimeout: awscdk.Duration_Hours(jsii.Number(8)),
		WhenFull:        cdkdatatier.SessionStoreWhenFull_REFUSE_WRITES,
	})

	web := awsecspatterns.NewApplicationLoadBalancedFargateService(stack, jsii.String("Web"), &awsecspatterns.ApplicationLoadBalancedFargateServiceProps{
		Vpc:               vpc,
		DesiredCount:      jsii.Number(2),
		MinHealthyPercent: jsii.Number(100),
		TaskImageOptions: &awsecspatterns.ApplicationLoadBalancedTaskImageOptions{
			Image:         awsecs.ContainerImage_FromRegistry(jsii.String("shop/web"), nil),
			ContainerPort: jsii.Number(8080),
		},
	})
	sessions.LinkContainer(web.TaskDefinition().DefaultContainer(), web.Service(), nil)

	small := cdkdatatier.NewSessionStore(stack, jsii.String("Small"), &cdkdatatier.SessionStoreProps{
		Vpc:           vpc,
		NodeType:      cdkdatatier.CacheNodeType_T4G_MICRO(),
		Engine:        cdkdatatier.RedisEngine_VALKEY_8_1(),
		RemovalPolicy: awscdk.RemovalPolicy_DESTROY,
		WhenFull:      cdkdatatier.SessionStoreWhenFull_EVICT_SOONEST_TO_EXPIRE,
	})
	variables := *sessions.EnvironmentVariables(jsii.String("OTHER"))
	fn := awslambda.NewFunction(stack, jsii.String("Function"), &awslambda.FunctionProps{
		Vpc:     vpc,
		Runtime: awslambda.Runtime_NODEJS_24_X(),
		Handler: jsii.String("index.handler"),
		Code:    awslambda.Code_FromInline(jsii.String("exports.handler = async () => {};")),
		Environment: &map[string]*string{
			"WEB_SESSIONS_HOST": variables["OTHER_HOST"],
			"WEB_SESSIONS_PORT": variables["OTHER_PORT"],
		},
	})
	small.LinkFunction(fn, &cdkdatatier.LinkOptions{Prefix: jsii.String("SESSIONS")})
	sessions.Secret().GrantRead(fn, nil)
	fn.Connections().AllowToDefaultPort(sessions.Connections(), nil)

	output(stack, "ReplicationGroupId", sessions.Cluster().ReplicationGroupName())
	output(stack, "KeyPrefix", sessions.KeyPrefix())
	output(stack, "IdleTimeout", sessions.IdleTimeout().ToIsoString())
	output(stack, "AbsoluteTimeout", sessions.AbsoluteTimeout().ToIsoString())
	output(stack, "NodeType", capacity.NodeType().ToString())
	output(stack, "Bytes", number(capacity.Bytes()))
	return stack
}

func output(scope constructs.Construct, name string, value *string) {
	awscdk.NewCfnOutput(scope, &name, &awscdk.CfnOutputProps{Value: value})
}
