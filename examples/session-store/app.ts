import { App } from 'aws-cdk-lib';
import { SessionStoreExample } from './session-store-example';
import { ClusterMode } from 'cdk-data-tier';

const app = new App();
const context = (name: string) => app.node.tryGetContext(name);

/** For apps that build on this one. */
export const example = new SessionStoreExample(app, 'SessionStoreExample', {
  image: context('image'),
  certificateArn: context('certificateArn'),
  clusterMode: clusterMode(context('mode') ?? 'disabled', Number(context('shards') ?? 2), Number(context('replicas') ?? 1)),
});

function clusterMode(mode: string, shards: number, replicas: number): ClusterMode {
  switch (mode) {
    case 'disabled': return ClusterMode.disabled({ replicas });
    case 'enabled': return ClusterMode.enabled({ shards, replicasPerShard: replicas });
    default: throw new Error(`The context value mode must be disabled or enabled (got ${mode}).`);
  }
}
