import { join } from 'node:path';

/** What the local AWS says of itself when it is ready. */
export interface LocalAws {
  readonly endpoint: string;
  readonly account: string;
  readonly region: string;
  readonly runDir: string;
  /** Certificate of the authority that the servers' certificates are made by. */
  readonly caFile: string;
  /** User and password of the emulator's own connection to the servers, and their addresses. */
  readonly operatorFile: string;
  readonly pid: number;
}

/** The variables that lead the `cdk` CLI and any SDK to the local AWS. */
export function clientVariables(aws: LocalAws): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_REGION: aws.region,
    AWS_DEFAULT_REGION: aws.region,
    AWS_ACCESS_KEY_ID: aws.account,
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    // The CLI remembers the account of a key in the home folder.
    CDK_HOME: join(aws.runDir, 'cdk-home'),
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    CDK_DISABLE_VERSION_CHECK: '1',
    NODE_EXTRA_CA_CERTS: aws.caFile,
  };
}

/** An environment from which no client finds another AWS than the local one. */
export function clientEnvironment(aws: LocalAws, inherited: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...withoutAws(inherited), ...clientVariables(aws) };
}

/**
 * Without any variable that a client could take for an end point, a profile or a credential: AWS_ENDPOINT_URL_S3 alone would send assets to a
 * real bucket.
 */
export function withoutAws(inherited: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(inherited).filter(([name]) => !leadsElsewhere(name)));
}

/** The same for a shell to read. */
export function shellExports(aws: LocalAws, inherited: NodeJS.ProcessEnv): string {
  const unset = Object.keys(inherited).filter(name => leadsElsewhere(name) && !(name in clientVariables(aws)));
  return [
    ...(unset.length > 0 ? [`unset ${unset.join(' ')}`] : []),
    ...Object.entries(clientVariables(aws)).map(([name, value]) => `export ${name}='${value}'`),
  ].join('\n');
}

function leadsElsewhere(name: string): boolean {
  return /^(AWS|CDK)_|^(https?|all)_proxy$/i.test(name);
}
