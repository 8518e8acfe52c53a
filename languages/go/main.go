package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk-data-tier/cdk-data-tier-go/cdkdatatier"
)

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(nil)
	awscdk.Validations_Of(app).AddPlugins(cdkdatatier.NewDataTierValidations())
	NewSessionStoreStack(app, "SessionStore")
	clusters := NewRedisClustersStack(app, "RedisClusters")
	NewRedisClientsStack(app, "RedisClients", clusters)
	NewMemcachedPoolStack(app, "MemcachedPool")
	NewMonitoringStack(app, "Monitoring")
	app.Synth(nil)
}
