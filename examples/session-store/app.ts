import { App } from 'aws-cdk-lib';
import { SessionStoreExample } from './session-store-example';

const app = new App();

new SessionStoreExample(app, 'SessionStoreExample', {
  image: app.node.tryGetContext('image'),
  certificateArn: app.node.tryGetContext('certificateArn'),
  replicas: Number(app.node.tryGetContext('replicas') ?? 1),
});
