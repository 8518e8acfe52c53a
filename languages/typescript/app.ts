import { App, Validations } from 'aws-cdk-lib';
import { MemcachedPoolStack } from './memcached-pool-stack';
import { MonitoringStack } from './monitoring-stack';
import { RedisClientsStack } from './redis-clients-stack';
import { RedisClustersStack } from './redis-clusters-stack';
import { SessionStoreStack } from './session-store-stack';
import { DataTierValidations } from 'cdk-data-tier';

const app = new App();
Validations.of(app).addPlugins(new DataTierValidations());
new SessionStoreStack(app, 'SessionStore');
const clusters = new RedisClustersStack(app, 'RedisClusters');
new RedisClientsStack(app, 'RedisClients', { clusters });
new MemcachedPoolStack(app, 'MemcachedPool');
new MonitoringStack(app, 'Monitoring');
app.synth();
