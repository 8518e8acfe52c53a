import { Acceptance } from './verdict';

const REPLICATION_GROUP = 'AWS::ElastiCache::ReplicationGroup';
const CACHE_CLUSTER = 'AWS::ElastiCache::CacheCluster';
const SECRET = 'AWS::SecretsManager::Secret';
/** Clusters and stores that were told to take the keys of AWS. */
const AWS_MANAGED = /\/(AwsManaged|Refusing|(redis|valkey)-[\d.]+-\w+)\//;

/** What the library does on purpose. */
const OURS: readonly Acceptance[] = [
  {
    judge: 'AwsSolutions',
    rules: ['AwsSolutions-AEC6'],
    type: REPLICATION_GROUP,
    reason: 'The rule knows AUTH tokens only. Users with rights of their own (RBAC) take their place, and ElastiCache takes one of the two. No login at all is '
      + 'asked for by RedisAuth.none(), of which the library warns.',
  },
  {
    judge: 'AwsSolutions',
    rules: ['AwsSolutions-AEC5'],
    type: REPLICATION_GROUP,
    reason: 'Clients expect 6379, and another port hides nothing: the security group admits linked clients only. `port` chooses another.',
  },
  {
    judge: 'AwsSolutions',
    rules: ['AwsSolutions-AEC5'],
    type: CACHE_CLUSTER,
    reason: 'As for Redis: clients expect 11211, and the security group admits linked clients only.',
  },
  {
    judge: 'cfn-lint',
    rules: ['I3037'],
    type: CACHE_CLUSTER,
    reason: 'A zone for each node, and more nodes than zones: CreateCacheCluster asks for as many as there are nodes and lets them repeat. '
      + 'Without the list CloudFormation would replace the pool when it grows.',
  },
  {
    judge: 'AwsSolutions',
    rules: ['AwsSolutions-AEC4'],
    type: REPLICATION_GROUP,
    constructs: /\/(Single|NoReplicas)\//,
    reason: 'These clusters are asked for without replicas, which Multi-AZ needs.',
  },
  {
    judge: 'AwsSolutions',
    rules: ['AwsSolutions-AEC3'],
    type: REPLICATION_GROUP,
    constructs: /\/Disabled\//,
    reason: 'TransitEncryption.DISABLED is asked for, and the library warns of it.',
  },
  {
    judge: 'AwsSolutions',
    rules: ['AwsSolutions-SMG4'],
    type: SECRET,
    reason: 'Secrets Manager has no hosted rotation for ElastiCache; passwords are generated, of 64 characters, and readable by linked clients only.',
  },
  {
    judge: 'NIST-800-53-R5',
    rules: ['NIST.800.53.R5-SecretsManagerRotationEnabled'],
    type: SECRET,
    reason: 'As AwsSolutions-SMG4.',
  },
  {
    judge: 'NIST-800-53-R5',
    rules: ['NIST.800.53.R5-ElastiCacheRedisClusterAutomaticBackup'],
    type: REPLICATION_GROUP,
    reason: 'The rule asks for 15 days, Security Hub for 1 (ElastiCache.1); the default is 7, and `backupRetention` chooses.',
  },
  {
    judge: 'NIST-800-53-R5',
    rules: ['NIST.800.53.R5-SecretsManagerUsingKMSKey', 'NIST.800.53.R5-CloudWatchLogGroupEncrypted'],
    constructs: AWS_MANAGED,
    reason: 'Encryption.awsManaged() is asked for.',
  },
  {
    judge: 'NIST-800-53-R5',
    rules: ['NIST.800.53.R5-CloudWatchAlarmAction'],
    reason: 'Whom to call is what only the application knows: alarms have no actions until `alarms.actions` gives them some, and those of one piece of a large '
      + 'group never have any, because the composite above them calls.',
  },
  {
    judge: 'NIST-800-53-R5',
    rules: ['NIST.800.53.R5-IAMNoInlinePolicy'],
    type: 'AWS::IAM::Policy',
    reason: 'Grants of aws-cdk-lib, ours among them, are inline policies: they go with the one role that they are for.',
  },
  {
    judge: 'AwsSolutions',
    rules: ['AwsSolutions-ECS2'],
    type: 'AWS::ECS::TaskDefinition',
    reason: 'Links write host names and the ARN of the secret into the environment; nothing of it is secret.',
  },
];

/** What aws-cdk-lib writes, whoever asks it. */
const OF_CDK: readonly Acceptance[] = [
  {
    judge: 'cfn-lint',
    rules: ['W3005'],
    reason: 'aws-cdk-lib states dependencies that references imply already; its own validation leaves the rule out.',
  },
  {
    judge: 'AwsSolutions',
    rules: ['AwsSolutions-IAM5'],
    type: 'AWS::IAM::Policy',
    apps: /^example/,
    about: /\[Resource::\*\]/,
    reason: 'The execution role of a task fetches its image: ecr:GetAuthorizationToken has no resource.',
  },
  {
    judge: 'AwsSolutions',
    rules: ['AwsSolutions-IAM4'],
    type: 'AWS::IAM::Role',
    about: /AWSLambda(Basic|VPCAccess)ExecutionRole/,
    reason: 'The role that aws-cdk-lib gives to every function.',
  },
];

/** What is around the library: the networks, load balancers and clients of examples and cases, which show one thing each. */
const SURROUNDINGS: readonly Acceptance[] = [
  {
    judge: 'AwsSolutions',
    rules: ['AwsSolutions-VPC7'],
    reason: 'Flow logs belong to the network of the user.',
  },
  {
    judge: 'NIST-800-53-R5',
    rules: [
      'NIST.800.53.R5-VPCFlowLogsEnabled', 'NIST.800.53.R5-VPCDefaultSecurityGroupClosed', 'NIST.800.53.R5-VPCSubnetAutoAssignPublicIpDisabled',
      'NIST.800.53.R5-VPCNoUnrestrictedRouteToIGW',
    ],
    reason: 'The VPC of aws-cdk-lib as it comes; nothing of the library is in its public subnets.',
  },
  {
    judge: 'AwsSolutions',
    rules: ['AwsSolutions-ELB2', 'AwsSolutions-EC23', 'AwsSolutions-ECS4'],
    apps: /^example/,
    reason: 'The web pages of the examples are for everybody, and are taken down again.',
  },
  {
    judge: 'NIST-800-53-R5',
    rules: [
      'NIST.800.53.R5-ALBWAFEnabled', 'NIST.800.53.R5-ALBHttpToHttpsRedirection', 'NIST.800.53.R5-ELBDeletionProtectionEnabled',
      'NIST.800.53.R5-ELBLoggingEnabled', 'NIST.800.53.R5-ELBv2ACMCertificateRequired', 'NIST.800.53.R5-SecretsManagerUsingKMSKey',
      'NIST.800.53.R5-CloudWatchLogGroupEncrypted',
    ],
    apps: /^example/,
    reason: 'The load balancer, the log group and the cookie secret of the examples: a certificate is given where there is one.',
  },
  {
    judge: 'AwsSolutions',
    rules: ['AwsSolutions-ECS7'],
    reason: 'The tasks of the cases never run.',
  },
  {
    judge: 'NIST-800-53-R5',
    rules: ['NIST.800.53.R5-LambdaConcurrency', 'NIST.800.53.R5-LambdaDLQ'],
    reason: 'The functions of the cases never run.',
  },
  {
    judge: 'NIST-800-53-R5',
    rules: ['NIST.800.53.R5-SNSEncryptedKMS'],
    constructs: /\/Office\//,
    reason: 'Alarms tell plain topics as well as encrypted ones, and the cases have one of each.',
  },
  {
    judge: 'NIST-800-53-R5',
    rules: ['NIST.800.53.R5-CloudWatchLogGroupEncrypted'],
    constructs: /\/Function\/LogGroup\//,
    reason: 'With all feature flags aws-cdk-lib makes a log group for every function; these never run.',
  },
];

export const ACCEPTED: readonly Acceptance[] = [...OURS, ...OF_CDK, ...SURROUNDINGS];
