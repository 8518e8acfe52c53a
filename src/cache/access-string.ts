/** What cluster clients ask first, whatever the user may do; in no category that reads or connects. */
const DISCOVERY = '+cluster|slots +cluster|nodes';

/** The keys that a user may touch. */
export interface AccessStringOptions {
  /**
   * Patterns of keys, for example `cart:*`.
   *
   * Update: in place.
   *
   * @default - all keys
   */
  readonly keys?: string[];
}

/**
 * What a user may do, in the language of Redis access control lists.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html
 */
export class AccessString {
  /** Every command on every key and channel. */
  public static fullAccess(): AccessString {
    return new AccessString('on ~* &* +@all');
  }

  /**
   * Commands that read, without the dangerous ones such as `KEYS`.
   *
   * @param options the keys.
   */
  public static readOnly(options: AccessStringOptions = {}): AccessString {
    return new AccessString(`on ${patterns(options)} -@all +@read +@connection -@dangerous ${DISCOVERY}`);
  }

  /**
   * Commands that read and write, and transactions, without the dangerous ones such as `FLUSHALL`.
   *
   * @param options the keys.
   */
  public static readWrite(options: AccessStringOptions = {}): AccessString {
    return new AccessString(`on ${patterns(options)} -@all +@read +@write +@transaction +@connection -@dangerous ${DISCOVERY}`);
  }

  /**
   * An access string of your own.
   *
   * @param text for example `on ~jobs:* &* -@all +@list +ping`; passwords and `reset` are not part of it.
   */
  public static of(text: string): AccessString {
    return new AccessString(text);
  }

  /** The access string as ElastiCache reads it. */
  public readonly value: string;

  private constructor(value: string) {
    this.value = value;
  }
}

function patterns({ keys = ['*'] }: AccessStringOptions): string {
  return keys.map(key => `~${key}`).join(' ');
}
