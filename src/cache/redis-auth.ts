import { ArnFormat, Stack } from 'aws-cdk-lib';
import { CfnUser, CfnUserGroup } from 'aws-cdk-lib/aws-elasticache';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { AccessString } from './access-string';
import { USER_ID_MAX_LENGTH } from '../facts/elasticache-limits';
import { derivedName } from '../private/names';

/** ElastiCache User Guide, "Role-Based Access Control" (Clusters.RBAC): 16 to 128 characters. */
const PASSWORD_LENGTH = 64;

/** Turns the built-in user off, which could otherwise do everything without a password. */
const NO_ACCESS = 'off ~* -@all';

/** The user that an application logs in as. */
export interface RedisUsersOptions {
  /**
   * The name that is logged in with. Choose it once: another name makes another user with a new password, and when such an update is rolled back,
   * the secret no longer fits the user that stays.
   *
   * @default 'app'
   */
  readonly userName?: string;

  /**
   * What the user may do.
   *
   * @default AccessString.fullAccess()
   */
  readonly access?: AccessString;
}

/** A user of a cluster. */
export interface RedisUser {
  /** The id that ElastiCache knows the user by. */
  readonly userId: string;

  /** The name that is logged in with. */
  readonly userName: string;

  /**
   * The secret with `username`, `password` and `user_arn`.
   *
   * @default - the user has no password
   */
  readonly secret?: ISecret;
}

/** How clients prove who they are. */
export class RedisAuth {
  /**
   * Role-based access control: an application user with a generated password in Secrets Manager, and a `default` user that can do nothing.
   *
   * @param options name and rights of the user.
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html
   */
  public static users(options: RedisUsersOptions = {}): RedisAuth {
    return new RedisAuth(options);
  }

  private constructor(private readonly options: RedisUsersOptions) {}

  /**
   * Makes the users, their group and the secret.
   * @internal
   */
  public _bind(scope: Construct, replicationGroupId: string, key: IKey | undefined): RedisAuthConfig {
    const userName = this.options.userName ?? 'app';
    const idOf = (suffix: string) => derivedName(replicationGroupId, suffix, USER_ID_MAX_LENGTH);
    const userId = idOf(userName);
    const secret = new Secret(scope, 'Secret', {
      description: 'Login of the application user of a cache',
      encryptionKey: key,
      generateSecretString: {
        // Every change of these options would generate a password that ElastiCache never learns: end points, which may change, stay outside.
        secretStringTemplate: Stack.of(scope).toJsonString({
          username: userName,
          user_arn: Stack.of(scope).formatArn({ service: 'elasticache', resource: 'user', resourceName: userId, arnFormat: ArnFormat.COLON_RESOURCE_NAME }),
        }),
        generateStringKey: 'password',
        excludePunctuation: true,
        passwordLength: PASSWORD_LENGTH,
      },
    });
    // A group of engine redis attaches to Redis OSS and Valkey alike, so that a change of engine touches neither users nor group.
    const user = new CfnUser(scope, 'User', {
      engine: 'redis',
      userId,
      userName,
      accessString: (this.options.access ?? AccessString.fullAccess()).value,
      passwords: [secret.secretValueFromJson('password').unsafeUnwrap()],
    });
    const defaultUser = new CfnUser(scope, 'DefaultUser', {
      engine: 'redis',
      userId: idOf('default'),
      userName: 'default',
      accessString: NO_ACCESS,
      noPasswordRequired: true,
    });
    const group = new CfnUserGroup(scope, 'UserGroup', {
      engine: 'redis',
      userGroupId: idOf('users'),
      userIds: [defaultUser.ref, user.ref],
    });
    return { kind: 'user', secret, users: [{ userId, userName, secret }], cfnUsers: [defaultUser, user], cfnUserGroup: group };
  }
}

/**
 * What a cluster needs to know of its users.
 * @internal
 */
export interface RedisAuthConfig {
  readonly kind: 'user';
  readonly secret: Secret;
  readonly users: RedisUser[];
  readonly cfnUsers: CfnUser[];
  readonly cfnUserGroup: CfnUserGroup;
}
