import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { clientEnvironment, LocalAws, shellExports } from '../client-environment';

const AWS: LocalAws = {
  endpoint: 'http://127.0.0.1:40001', account: '000000000042', region: 'us-east-1', runDir: '/run/x', caFile: '/run/x/ca.pem', operatorFile: '/run/x/operator.json', pid: 1,
};
/** What a developer's shell may hold, and a client would follow. */
const HOSTILE = {
  AWS_PROFILE: 'production',
  AWS_DEFAULT_PROFILE: 'production',
  AWS_ENDPOINT_URL_S3: 'https://s3.amazonaws.com',
  AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true',
  AWS_SESSION_TOKEN: 'token',
  AWS_ACCESS_KEY_ID: 'AKIAREAL',
  AWS_SECRET_ACCESS_KEY: 'real',
  AWS_ROLE_ARN: 'arn:aws:iam::111122223333:role/real',
  AWS_WEB_IDENTITY_TOKEN_FILE: '/token',
  AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/creds',
  AWS_CA_BUNDLE: '/bundle.pem',
  CDK_DEFAULT_ACCOUNT: '111122223333',
  HTTPS_PROXY: 'http://proxy',
  http_proxy: 'http://proxy',
};
const LOCAL = {
  AWS_ENDPOINT_URL: 'http://127.0.0.1:40001',
  AWS_REGION: 'us-east-1',
  AWS_DEFAULT_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: '000000000042',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
  CDK_HOME: '/run/x/cdk-home',
  CDK_DISABLE_CLI_TELEMETRY: 'true',
  CDK_DISABLE_VERSION_CHECK: '1',
  NODE_EXTRA_CA_CERTS: '/run/x/ca.pem',
};

test('nothing inherited leads a client elsewhere', () => {
  assert.deepEqual(clientEnvironment(AWS, { ...HOSTILE, PATH: '/bin', HOME: '/home/me' }), { PATH: '/bin', HOME: '/home/me', ...LOCAL });
});

test('a shell that reads the exports is in the same environment', () => {
  const script = `${shellExports(AWS, HOSTILE)}\nexport -p | sed -n "s/^export //p"`;
  const lines = execFileSync('/bin/sh', ['-c', script], { env: { ...HOSTILE, PATH: '/usr/bin:/bin' }, encoding: 'utf8' }).trim().split('\n');
  const env = Object.fromEntries(lines.map(line => line.replaceAll("'", '').split(/=(.*)/s).slice(0, 2)));
  for (const name of ['PATH', 'PWD', 'OLDPWD']) {
    delete env[name];
  }
  assert.deepEqual(env, LOCAL);
});
