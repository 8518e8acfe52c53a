import { ArnFormat, Stack } from 'aws-cdk-lib';
import { CfnUser, CfnUserGroup, CfnUserProps } from 'aws-cdk-lib/aws-elasticache';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Secret, SecretStringGenerator } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { USER_ID_MAX_LENGTH } from '../facts/elasticache-limits';
import { derivedName } from '../private/names';

/** Letters and digits only, which every door of ElastiCache takes. */
const PASSWORD_LENGTH = 64;

/** Turns the built-in user off, which could otherwise do everything without a password. */
const NO_ACCESS = 'off ~* -@all';

/** The users of a cluster and the group that it is given. */
export interface RedisUserGroup {
  readonly cfnUsers: CfnUser[];
  readonly cfnUserGroup: CfnUserGroup;
}

/** The id of a user or user group, which begins with the replication group's. */
export function idOf(replicationGroupId: string, suffix: string): string {
  return derivedName(replicationGroupId, suffix, USER_ID_MAX_LENGTH);
}

/** The ARN of a resource of ElastiCache that has no attribute for it. */
export function cacheArn(scope: Construct, resource: 'replicationgroup' | 'user', resourceName: string): string {
  return Stack.of(scope).formatArn({ service: 'elasticache', resource, resourceName, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
}

/** A generated password in Secrets Manager; every change of its options would generate another one that ElastiCache never learns. */
export function makeSecret(scope: Construct, description: string, key: IKey | undefined, options: SecretStringGenerator): Secret {
  return new Secret(scope, 'Secret', {
    description,
    encryptionKey: key,
    generateSecretString: { generateStringKey: 'password', excludePunctuation: true, passwordLength: PASSWORD_LENGTH, ...options },
  });
}

/** The application user and the locked default user, in one group. All are of engine redis, so that a change of engine touches none of them. */
export function makeUserGroup(scope: Construct, replicationGroupId: string, props: Omit<CfnUserProps, 'engine'>): RedisUserGroup {
  const user = new CfnUser(scope, 'User', { engine: 'redis', ...props });
  const defaultUser = new CfnUser(scope, 'DefaultUser', {
    engine: 'redis',
    userId: idOf(replicationGroupId, 'default'),
    userName: 'default',
    accessString: NO_ACCESS,
    noPasswordRequired: true,
  });
  const group = new CfnUserGroup(scope, 'UserGroup', {
    engine: 'redis',
    userGroupId: idOf(replicationGroupId, 'users'),
    userIds: [defaultUser.ref, user.ref],
  });
  return { cfnUsers: [defaultUser, user], cfnUserGroup: group };
}
