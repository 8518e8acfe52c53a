import { Token } from 'aws-cdk-lib';
import { ClusterMode } from '../../src';

test('disabled has one replica unless said otherwise', () => {
  expect(ClusterMode.disabled()._bind()).toEqual({ mode: 'disabled', replicas: 1 });
  expect(ClusterMode.disabled({})._bind()).toEqual({ mode: 'disabled', replicas: 1 });
  expect(ClusterMode.disabled({ replicas: 0 })._bind()).toEqual({ mode: 'disabled', replicas: 0 });
  expect(ClusterMode.disabled({ replicas: 5 })._bind()).toEqual({ mode: 'disabled', replicas: 5 });
});

test('a number of replicas that only CloudFormation knows is refused', () => {
  expect(() => ClusterMode.disabled({ replicas: Token.asNumber({ Ref: 'Replicas' }) })).toThrow(new Error(
    'ClusterMode.disabled: `replicas` must be known at synthesis, because CloudFormation cannot add the primary to it (got a token). '
    + 'Read it from the context or the environment of the app.',
  ));
});
