import { Stack, Token } from 'aws-cdk-lib';
import { CacheEndpoint } from '../../src';

test('an end point is a host and a port', () => {
  expect(new CacheEndpoint('cache.example.com', 6379)).toEqual({ hostname: 'cache.example.com', port: 6379, socketAddress: 'cache.example.com:6379' });
});

test('a port that only CloudFormation knows stays what it is in the socket address', () => {
  expect(new Stack().resolve(new CacheEndpoint('cache.example.com', Token.asNumber({ Ref: 'Port' })).socketAddress))
    .toEqual({ 'Fn::Join': ['', ['cache.example.com:', { Ref: 'Port' }]] });
});
