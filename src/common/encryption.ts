import { IKey } from 'aws-cdk-lib/aws-kms';

/** The key that encrypts data at rest, credentials and logs. */
export class Encryption {
  /**
   * A customer managed key.
   *
   * @param key your key. CloudWatch Logs must be admitted by its policy: the statement is added to a key that this app owns, and a warning
   * names it for an imported one. Left out, the construct makes a key of its own that is rotated yearly.
   */
  public static customerManaged(key?: IKey): Encryption {
    return new Encryption('customer', key);
  }

  /**
   * The keys that AWS manages for ElastiCache and Secrets Manager: free of charge, but their policy cannot be changed and their use not be
   * withdrawn. Logs are encrypted with the key of CloudWatch Logs.
   */
  public static awsManaged(): Encryption {
    return new Encryption('aws');
  }

  private constructor(private readonly manager: 'customer' | 'aws', private readonly key?: IKey) {}

  /**
   * Tells a construct which key to use.
   * @internal
   */
  public _bind(makeKey: () => IKey): IKey | undefined {
    return this.manager === 'aws' ? undefined : this.key ?? makeKey();
  }
}
