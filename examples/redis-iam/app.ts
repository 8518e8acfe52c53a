import { App } from 'aws-cdk-lib';
import { RedisIamExample } from './redis-iam-example';

const app = new App();

new RedisIamExample(app, 'RedisIamExample', {
  mode: app.node.tryGetContext('mode') ?? 'disabled',
  image: app.node.tryGetContext('image'),
});
