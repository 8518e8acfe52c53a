import { Stack } from 'aws-cdk-lib';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { AccessString } from './access-string';
import { cacheArn, idOf, makeSecret, makeUserGroup, RedisUserGroup } from './redis-users';

/** The user that an application logs in as. */
export interface RedisUsersOptions {
  /**
   * The name that is logged in with. Choose it once: another name makes another user with a new password, and when such an update is rolled back, the
   * secret no longer fits the user that stays.
   *
   * Update: replaces the user.
   *
   * @default 'app'
   */
  readonly userName?: string;

  /**
   * What the user may do.
   *
   * Update: in place.
   *
   * @default AccessString.fullAccess()
   */
  readonly access?: AccessString;
}

/** The user that an application logs in as by IAM. */
export interface RedisIamOptions {
  /**
   * What the user may do.
   *
   * Update: in place.
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
    return new RedisAuth((scope, replicationGroupId, key) => {
      const userName = options.userName ?? 'app';
      const userId = idOf(replicationGroupId, userName);
      // End points, which may change, stay outside.
      const secret = makeSecret(scope, 'Login of the application user of a cache', key, {
        secretStringTemplate: Stack.of(scope).toJsonString({ username: userName, user_arn: cacheArn(scope, 'user', userId) }),
      });
      const group = makeUserGroup(scope, replicationGroupId, {
        userId,
        userName,
        accessString: accessOf(options),
        passwords: [secret.secretValueFromJson('password').unsafeUnwrap()],
      });
      return { kind: 'user', secret, users: [{ userId, userName, secret }], group };
    });
  }

  /**
   * Tokens of IAM instead of a password: an application user whose id and name are one, and a `default` user that can do nothing. Clients sign a
   * token for each login with the credentials of their role; it lives for 15 minutes, and a connection for 12 hours unless it logs in again.
   *
   * Needs Redis OSS 7.0 or later, or Valkey.
   *
   * @param options rights of the user.
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html
   */
  public static iam(options: RedisIamOptions = {}): RedisAuth {
    return new RedisAuth((scope, replicationGroupId) => {
      const userId = idOf(replicationGroupId, 'iam');
      const group = makeUserGroup(scope, replicationGroupId, {
        userId,
        userName: userId,
        accessString: accessOf(options),
        authenticationMode: { Type: 'iam' },
      });
      return { kind: 'iam', users: [{ userId, userName: userId }], group };
    });
  }

  /**
   * One generated token in Secrets Manager that all clients share, without users or rights: for clients that cannot send a user name. Choose it when
   * the cluster is made: a later change between token and users replaces the cluster, which CloudFormation refuses.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth.html
   */
  public static token(): RedisAuth {
    return new RedisAuth((scope, _replicationGroupId, key) => {
      const secret = makeSecret(scope, 'AUTH token of a cache', key, { secretStringTemplate: '{}' });
      return { kind: 'token', secret, users: [], authToken: secret.secretValueFromJson('password').unsafeUnwrap() };
    });
  }

  /** No login: every client that reaches the port may do everything. The network alone protects the data, and a warning says so. */
  public static none(): RedisAuth {
    return new RedisAuth(() => ({ kind: 'none', users: [] }));
  }

  private constructor(private readonly make: RedisAuthMaker) {}

  /**
   * Makes the users, their group and the secret.
   * @internal
   */
  public _bind(scope: Construct, replicationGroupId: string, key: IKey | undefined): RedisAuthConfig {
    return this.make(scope, replicationGroupId, key);
  }
}

/**
 * What a cluster needs to know of its users.
 * @internal
 */
export interface RedisAuthConfig {
  readonly kind: 'iam' | 'user' | 'token' | 'none';
  readonly secret?: Secret;
  readonly users: RedisUser[];
  readonly group?: RedisUserGroup;
  readonly authToken?: string;
}

/** @internal */
type RedisAuthMaker = (scope: Construct, replicationGroupId: string, key: IKey | undefined) => RedisAuthConfig;

function accessOf({ access }: RedisIamOptions): string {
  return (access ?? AccessString.fullAccess()).value;
}
