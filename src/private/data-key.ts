import { ArnFormat, Aws, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import { AccountRootPrincipal, PolicyDocument, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { IKey, Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { warn } from './enforce';

/** AWS KMS Developer Guide, "Default key policy": what an administrator does with a key without using it on data, or granting that. */
const ADMINISTRATION = [
  'kms:CancelKeyDeletion', 'kms:CreateAlias', 'kms:Delete*', 'kms:Describe*', 'kms:Disable*', 'kms:Enable*', 'kms:Get*', 'kms:List*', 'kms:Put*',
  'kms:Revoke*', 'kms:RotateKeyOnDemand', 'kms:ScheduleKeyDeletion', 'kms:TagResource', 'kms:UntagResource', 'kms:Update*',
];

/** ElastiCache User Guide, "At-rest encryption"; Secrets Manager User Guide, "Secret encryption and decryption". */
const USE = ['kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'];

/** CloudWatch Logs User Guide, "Encrypt log data in CloudWatch Logs using AWS KMS". */
const LOGS_USE = ['kms:Decrypt*', 'kms:Describe*', 'kms:Encrypt*', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'];

/**
 * A rotated key for one store. The account administers it, and uses it on data through the named services only.
 *
 * @param services the names in front of `.<region>.amazonaws.com`, for example `elasticache`
 */
export function makeDataKey(scope: Construct, services: readonly string[], removalPolicy: RemovalPolicy): Key {
  return new Key(scope, 'Key', {
    description: `Data, credentials and logs of ${scope.node.path}`,
    enableKeyRotation: true,
    removalPolicy,
    policy: new PolicyDocument({
      statements: [
        new PolicyStatement({ sid: 'Administer', principals: [new AccountRootPrincipal()], actions: ADMINISTRATION, resources: ['*'] }),
        new PolicyStatement({
          sid: 'UseThroughServices',
          principals: [new AccountRootPrincipal()],
          actions: USE,
          resources: ['*'],
          conditions: {
            StringEquals: { 'kms:CallerAccount': Aws.ACCOUNT_ID, 'kms:ViaService': services.map(service => viaService(service)) },
          },
        }),
      ],
    }),
  });
}

/**
 * Lets CloudWatch Logs encrypt the log groups of the stack with a key: `LogGroup` of aws-cdk-lib adds no statement. Also when there is none: log groups
 * that are kept after logs were switched off can be read only as long as the key admits the service.
 */
export function admitLogs(scope: Construct, key: IKey, needed: boolean): void {
  const stack = Stack.of(scope);
  const logGroups = stack.formatArn({
    service: 'logs',
    resource: 'log-group',
    // A key may live in another stack, where a token of this one would close a cycle.
    resourceName: Token.isUnresolved(stack.stackName) ? '*' : `${stack.stackName}-*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  // Without a sid, which must be unique in a policy: clusters of several stacks may share the key.
  const statement = new PolicyStatement({
    principals: [new ServicePrincipal(`logs.${Aws.REGION}.${Aws.URL_SUFFIX}`)],
    actions: LOGS_USE,
    resources: ['*'],
    conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': logGroups } },
  });
  if (!key.addToResourcePolicy(statement).statementAdded && needed) {
    warn(scope, 'key-admits-logs', 'The policy of the imported key in `encryption` must admit CloudWatch Logs, or the deployment fails. '
      + `Add the statement ${JSON.stringify(stack.resolve(statement.toStatementJson()))}.`);
  }
}

/** The value of `kms:ViaService` for a service of this Region. */
export function viaService(service: string): string {
  return `${service}.${Aws.REGION}.${Aws.URL_SUFFIX}`;
}
