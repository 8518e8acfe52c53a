import { App } from 'aws-cdk-lib';
import { MemcachedPoolExample } from './memcached-pool-example';

const app = new App();

new MemcachedPoolExample(app, 'MemcachedPoolExample', {
  nodeCount: Number(app.node.tryGetContext('nodes') ?? 2),
  image: app.node.tryGetContext('image'),
});
