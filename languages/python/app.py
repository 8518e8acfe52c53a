import aws_cdk as cdk
from cdk_data_tier import DataTierValidations

from memcached_pool_stack import MemcachedPoolStack
from monitoring_stack import MonitoringStack
from redis_clients_stack import RedisClientsStack
from redis_clusters_stack import RedisClustersStack
from session_store_stack import SessionStoreStack

app = cdk.App()
cdk.Validations.of(app).add_plugins(DataTierValidations())
SessionStoreStack(app, "SessionStore")
clusters = RedisClustersStack(app, "RedisClusters")
RedisClientsStack(app, "RedisClients", clusters=clusters)
MemcachedPoolStack(app, "MemcachedPool")
MonitoringStack(app, "Monitoring")
app.synth()
