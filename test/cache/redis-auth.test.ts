import { Token } from 'aws-cdk-lib';
import { AccessString, RedisAuth } from '../../src';
import { newCluster, resourceOf, resourcesOf, TemplateResource } from '../helpers';

const cluster = newCluster();

function usersOf(construct = cluster): { [userName: string]: TemplateResource['Properties'] } {
  return Object.fromEntries(Object.values(resourcesOf(construct))
    .filter(({ Type }) => Type === 'AWS::ElastiCache::User').map(({ Properties }) => [Properties.UserName, Properties]));
}

test('the application user logs in with the password of the secret', () => {
  expect(usersOf().app).toEqual({
    Engine: 'redis',
    UserId: 'data-cache-a610ade3-app',
    UserName: 'app',
    AccessString: 'on ~* &* +@all',
    Passwords: [{ 'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: 'CacheSecret4CD6E2C3' }, ':SecretString:password::}}']] }],
  });
});

test('the default user can do nothing', () => {
  expect(usersOf().default).toEqual({
    Engine: 'redis',
    UserId: 'data-cache-a610ade3-default',
    UserName: 'default',
    AccessString: 'off ~* -@all',
    NoPasswordRequired: true,
  });
});

test('both are in one group, which attaches to Redis OSS and Valkey', () => {
  expect(resourceOf(cluster, 'AWS::ElastiCache::UserGroup').Properties).toEqual({
    Engine: 'redis',
    UserGroupId: 'data-cache-a610ade3-users',
    UserIds: [{ Ref: 'CacheDefaultUser47D483BA' }, { Ref: 'CacheUser72FA2B22' }],
  });
});

test('the secret has user name, ARN and a generated password, and nothing that may change', () => {
  expect(resourceOf(cluster, 'AWS::SecretsManager::Secret').Properties).toEqual({
    Description: 'Login of the application user of a cache',
    KmsKeyId: { 'Fn::GetAtt': ['CacheKeyCDF9DE27', 'Arn'] },
    GenerateSecretString: {
      SecretStringTemplate: {
        'Fn::Join': ['', [
          '{"username":"app","user_arn":"arn:', { Ref: 'AWS::Partition' }, ':elasticache:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' },
          ':user:data-cache-a610ade3-app"}',
        ]],
      },
      GenerateStringKey: 'password',
      ExcludePunctuation: true,
      PasswordLength: 64,
    },
  });
});

test('another name makes another user with another id, so that the two can stand side by side while one replaces the other', () => {
  const other = newCluster({ auth: RedisAuth.users({ userName: 'Shop_App', access: AccessString.of('on ~cart:* +get') }) });
  expect(usersOf(other).Shop_App).toMatchObject({ UserId: 'data-cache-a610ade3-shop-app', AccessString: 'on ~cart:* +get' });
  expect(other.users).toEqual([{ userId: 'data-cache-a610ade3-shop-app', userName: 'Shop_App', secret: other.secret }]);
  expect(other.environmentVariables().REDIS_USER).toBe('Shop_App');
});

test('the name may be known to CloudFormation only', () => {
  const other = newCluster({ auth: RedisAuth.users({ userName: Token.asString({ Ref: 'UserName' }) }) });
  const user = Object.values(resourcesOf(other)).find(({ Properties }) => Properties.UserName?.Ref === 'UserName');
  expect(user?.Properties.UserId).toBe('data-cache-a610ade3-user');
});
