import { Token } from 'aws-cdk-lib';
import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { NODE_TYPES } from '../facts/elasticache-node-types';

/**
 * Size of an ElastiCache node. Every type that AWS offers can be named with `of()`; what is known of it at synthesis can be asked.
 *
 * In Python and Java the constants have an underscore between a digit and a letter behind it: `R7G_2XLARGE` reads `R7_G_2_XLARGE`.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheNodes.SupportedTypes.html
 */
export class CacheNodeType {
  /** 2 vCPU, 0.5 GiB; burstable. */
  public static readonly T4G_MICRO = new CacheNodeType('cache.t4g.micro');
  /** 2 vCPU, 1.37 GiB; burstable. */
  public static readonly T4G_SMALL = new CacheNodeType('cache.t4g.small');
  /** 2 vCPU, 3.09 GiB; burstable. */
  public static readonly T4G_MEDIUM = new CacheNodeType('cache.t4g.medium');
  /** 2 vCPU, 0.5 GiB; burstable, Intel. */
  public static readonly T3_MICRO = new CacheNodeType('cache.t3.micro');
  /** 2 vCPU, 1.37 GiB; burstable, Intel. */
  public static readonly T3_SMALL = new CacheNodeType('cache.t3.small');
  /** 2 vCPU, 3.09 GiB; burstable, Intel. */
  public static readonly T3_MEDIUM = new CacheNodeType('cache.t3.medium');
  /** 2 vCPU, 6.79 GiB; general purpose, Valkey and Memcached only. */
  public static readonly M8G_LARGE = new CacheNodeType('cache.m8g.large');
  /** 4 vCPU, 14.18 GiB; general purpose, Valkey and Memcached only. */
  public static readonly M8G_XLARGE = new CacheNodeType('cache.m8g.xlarge');
  /** 8 vCPU, 29.68 GiB; general purpose, Valkey and Memcached only. */
  public static readonly M8G_2XLARGE = new CacheNodeType('cache.m8g.2xlarge');
  /** 16 vCPU, 61.33 GiB; general purpose, Valkey and Memcached only. */
  public static readonly M8G_4XLARGE = new CacheNodeType('cache.m8g.4xlarge');
  /** 32 vCPU, 124.65 GiB; general purpose, Valkey and Memcached only. */
  public static readonly M8G_8XLARGE = new CacheNodeType('cache.m8g.8xlarge');
  /** 48 vCPU, 187.96 GiB; general purpose, Valkey and Memcached only. */
  public static readonly M8G_12XLARGE = new CacheNodeType('cache.m8g.12xlarge');
  /** 64 vCPU, 251.27 GiB; general purpose, Valkey and Memcached only. */
  public static readonly M8G_16XLARGE = new CacheNodeType('cache.m8g.16xlarge');
  /** 2 vCPU, 6.38 GiB; general purpose. */
  public static readonly M7G_LARGE = new CacheNodeType('cache.m7g.large');
  /** 4 vCPU, 12.93 GiB; general purpose. */
  public static readonly M7G_XLARGE = new CacheNodeType('cache.m7g.xlarge');
  /** 8 vCPU, 26.04 GiB; general purpose. */
  public static readonly M7G_2XLARGE = new CacheNodeType('cache.m7g.2xlarge');
  /** 16 vCPU, 52.26 GiB; general purpose. */
  public static readonly M7G_4XLARGE = new CacheNodeType('cache.m7g.4xlarge');
  /** 32 vCPU, 103.68 GiB; general purpose. */
  public static readonly M7G_8XLARGE = new CacheNodeType('cache.m7g.8xlarge');
  /** 48 vCPU, 157.12 GiB; general purpose. */
  public static readonly M7G_12XLARGE = new CacheNodeType('cache.m7g.12xlarge');
  /** 64 vCPU, 209.55 GiB; general purpose. */
  public static readonly M7G_16XLARGE = new CacheNodeType('cache.m7g.16xlarge');
  /** 2 vCPU, 6.38 GiB; general purpose. */
  public static readonly M6G_LARGE = new CacheNodeType('cache.m6g.large');
  /** 4 vCPU, 12.93 GiB; general purpose. */
  public static readonly M6G_XLARGE = new CacheNodeType('cache.m6g.xlarge');
  /** 8 vCPU, 26.04 GiB; general purpose. */
  public static readonly M6G_2XLARGE = new CacheNodeType('cache.m6g.2xlarge');
  /** 16 vCPU, 52.26 GiB; general purpose. */
  public static readonly M6G_4XLARGE = new CacheNodeType('cache.m6g.4xlarge');
  /** 32 vCPU, 103.68 GiB; general purpose. */
  public static readonly M6G_8XLARGE = new CacheNodeType('cache.m6g.8xlarge');
  /** 48 vCPU, 157.12 GiB; general purpose. */
  public static readonly M6G_12XLARGE = new CacheNodeType('cache.m6g.12xlarge');
  /** 64 vCPU, 209.55 GiB; general purpose. */
  public static readonly M6G_16XLARGE = new CacheNodeType('cache.m6g.16xlarge');
  /** 2 vCPU, 6.38 GiB; general purpose, Intel. */
  public static readonly M5_LARGE = new CacheNodeType('cache.m5.large');
  /** 4 vCPU, 12.93 GiB; general purpose, Intel. */
  public static readonly M5_XLARGE = new CacheNodeType('cache.m5.xlarge');
  /** 8 vCPU, 26.04 GiB; general purpose, Intel. */
  public static readonly M5_2XLARGE = new CacheNodeType('cache.m5.2xlarge');
  /** 16 vCPU, 52.26 GiB; general purpose, Intel. */
  public static readonly M5_4XLARGE = new CacheNodeType('cache.m5.4xlarge');
  /** 48 vCPU, 157.12 GiB; general purpose, Intel. */
  public static readonly M5_12XLARGE = new CacheNodeType('cache.m5.12xlarge');
  /** 96 vCPU, 314.32 GiB; general purpose, Intel. */
  public static readonly M5_24XLARGE = new CacheNodeType('cache.m5.24xlarge');
  /** 2 vCPU, 14.18 GiB; memory optimised, Valkey and Memcached only. */
  public static readonly R8G_LARGE = new CacheNodeType('cache.r8g.large');
  /** 4 vCPU, 29.68 GiB; memory optimised, Valkey and Memcached only. */
  public static readonly R8G_XLARGE = new CacheNodeType('cache.r8g.xlarge');
  /** 8 vCPU, 61.33 GiB; memory optimised, Valkey and Memcached only. */
  public static readonly R8G_2XLARGE = new CacheNodeType('cache.r8g.2xlarge');
  /** 16 vCPU, 124.65 GiB; memory optimised, Valkey and Memcached only. */
  public static readonly R8G_4XLARGE = new CacheNodeType('cache.r8g.4xlarge');
  /** 32 vCPU, 251.27 GiB; memory optimised, Valkey and Memcached only. */
  public static readonly R8G_8XLARGE = new CacheNodeType('cache.r8g.8xlarge');
  /** 48 vCPU, 377.9 GiB; memory optimised, Valkey and Memcached only. */
  public static readonly R8G_12XLARGE = new CacheNodeType('cache.r8g.12xlarge');
  /** 64 vCPU, 504.52 GiB; memory optimised, Valkey and Memcached only. */
  public static readonly R8G_16XLARGE = new CacheNodeType('cache.r8g.16xlarge');
  /** 2 vCPU, 13.07 GiB; memory optimised. */
  public static readonly R7G_LARGE = new CacheNodeType('cache.r7g.large');
  /** 4 vCPU, 26.32 GiB; memory optimised. */
  public static readonly R7G_XLARGE = new CacheNodeType('cache.r7g.xlarge');
  /** 8 vCPU, 52.82 GiB; memory optimised. */
  public static readonly R7G_2XLARGE = new CacheNodeType('cache.r7g.2xlarge');
  /** 16 vCPU, 105.81 GiB; memory optimised. */
  public static readonly R7G_4XLARGE = new CacheNodeType('cache.r7g.4xlarge');
  /** 32 vCPU, 209.55 GiB; memory optimised. */
  public static readonly R7G_8XLARGE = new CacheNodeType('cache.r7g.8xlarge');
  /** 48 vCPU, 317.77 GiB; memory optimised. */
  public static readonly R7G_12XLARGE = new CacheNodeType('cache.r7g.12xlarge');
  /** 64 vCPU, 419.09 GiB; memory optimised. */
  public static readonly R7G_16XLARGE = new CacheNodeType('cache.r7g.16xlarge');
  /** 2 vCPU, 13.07 GiB; memory optimised. */
  public static readonly R6G_LARGE = new CacheNodeType('cache.r6g.large');
  /** 4 vCPU, 26.32 GiB; memory optimised. */
  public static readonly R6G_XLARGE = new CacheNodeType('cache.r6g.xlarge');
  /** 8 vCPU, 52.82 GiB; memory optimised. */
  public static readonly R6G_2XLARGE = new CacheNodeType('cache.r6g.2xlarge');
  /** 16 vCPU, 105.81 GiB; memory optimised. */
  public static readonly R6G_4XLARGE = new CacheNodeType('cache.r6g.4xlarge');
  /** 32 vCPU, 209.55 GiB; memory optimised. */
  public static readonly R6G_8XLARGE = new CacheNodeType('cache.r6g.8xlarge');
  /** 48 vCPU, 317.77 GiB; memory optimised. */
  public static readonly R6G_12XLARGE = new CacheNodeType('cache.r6g.12xlarge');
  /** 64 vCPU, 419.09 GiB; memory optimised. */
  public static readonly R6G_16XLARGE = new CacheNodeType('cache.r6g.16xlarge');
  /** 2 vCPU, 13.07 GiB; memory optimised, Intel. */
  public static readonly R5_LARGE = new CacheNodeType('cache.r5.large');
  /** 4 vCPU, 26.32 GiB; memory optimised, Intel. */
  public static readonly R5_XLARGE = new CacheNodeType('cache.r5.xlarge');
  /** 8 vCPU, 52.82 GiB; memory optimised, Intel. */
  public static readonly R5_2XLARGE = new CacheNodeType('cache.r5.2xlarge');
  /** 16 vCPU, 105.81 GiB; memory optimised, Intel. */
  public static readonly R5_4XLARGE = new CacheNodeType('cache.r5.4xlarge');
  /** 48 vCPU, 317.77 GiB; memory optimised, Intel. */
  public static readonly R5_12XLARGE = new CacheNodeType('cache.r5.12xlarge');
  /** 96 vCPU, 635.61 GiB; memory optimised, Intel. */
  public static readonly R5_24XLARGE = new CacheNodeType('cache.r5.24xlarge');
  /** 4 vCPU, 26.32 GiB; memory optimised with data tiering to SSD. */
  public static readonly R6GD_XLARGE = new CacheNodeType('cache.r6gd.xlarge');
  /** 8 vCPU, 52.82 GiB; memory optimised with data tiering to SSD. */
  public static readonly R6GD_2XLARGE = new CacheNodeType('cache.r6gd.2xlarge');
  /** 16 vCPU, 105.81 GiB; memory optimised with data tiering to SSD. */
  public static readonly R6GD_4XLARGE = new CacheNodeType('cache.r6gd.4xlarge');
  /** 32 vCPU, 209.55 GiB; memory optimised with data tiering to SSD. */
  public static readonly R6GD_8XLARGE = new CacheNodeType('cache.r6gd.8xlarge');
  /** 48 vCPU, 317.77 GiB; memory optimised with data tiering to SSD. */
  public static readonly R6GD_12XLARGE = new CacheNodeType('cache.r6gd.12xlarge');
  /** 64 vCPU, 419.09 GiB; memory optimised with data tiering to SSD. */
  public static readonly R6GD_16XLARGE = new CacheNodeType('cache.r6gd.16xlarge');
  /** 2 vCPU, 3.1 GiB; network optimised, Valkey and Memcached only. */
  public static readonly C8GN_LARGE = new CacheNodeType('cache.c8gn.large');
  /** 4 vCPU, 6.79 GiB; network optimised, Valkey and Memcached only. */
  public static readonly C8GN_XLARGE = new CacheNodeType('cache.c8gn.xlarge');
  /** 8 vCPU, 14.18 GiB; network optimised, Valkey and Memcached only. */
  public static readonly C8GN_2XLARGE = new CacheNodeType('cache.c8gn.2xlarge');
  /** 16 vCPU, 29.68 GiB; network optimised, Valkey and Memcached only. */
  public static readonly C8GN_4XLARGE = new CacheNodeType('cache.c8gn.4xlarge');
  /** 32 vCPU, 61.33 GiB; network optimised, Valkey and Memcached only. */
  public static readonly C8GN_8XLARGE = new CacheNodeType('cache.c8gn.8xlarge');
  /** 48 vCPU, 92.99 GiB; network optimised, Valkey and Memcached only. */
  public static readonly C8GN_12XLARGE = new CacheNodeType('cache.c8gn.12xlarge');
  /** 64 vCPU, 124.65 GiB; network optimised, Valkey and Memcached only. */
  public static readonly C8GN_16XLARGE = new CacheNodeType('cache.c8gn.16xlarge');
  /** 2 vCPU, 3.09 GiB; network optimised. */
  public static readonly C7GN_LARGE = new CacheNodeType('cache.c7gn.large');
  /** 4 vCPU, 6.38 GiB; network optimised. */
  public static readonly C7GN_XLARGE = new CacheNodeType('cache.c7gn.xlarge');
  /** 8 vCPU, 12.94 GiB; network optimised. */
  public static readonly C7GN_2XLARGE = new CacheNodeType('cache.c7gn.2xlarge');
  /** 16 vCPU, 26.05 GiB; network optimised. */
  public static readonly C7GN_4XLARGE = new CacheNodeType('cache.c7gn.4xlarge');
  /** 32 vCPU, 52.26 GiB; network optimised. */
  public static readonly C7GN_8XLARGE = new CacheNodeType('cache.c7gn.8xlarge');
  /** 48 vCPU, 78.56 GiB; network optimised. */
  public static readonly C7GN_12XLARGE = new CacheNodeType('cache.c7gn.12xlarge');
  /** 64 vCPU, 105.81 GiB; network optimised. */
  public static readonly C7GN_16XLARGE = new CacheNodeType('cache.c7gn.16xlarge');

  /**
   * A type by its name.
   *
   * @param name for example `cache.r7g.large`; a name without a constant is legal, and rules that need to know its size skip it.
   * @throws when the name does not begin with `cache.`.
   */
  public static of(name: string): CacheNodeType {
    if (!Token.isUnresolved(name) && !/^cache\.[a-z0-9-]+\.[a-z0-9]+$/.test(name)) {
      throw new Error(`CacheNodeType.of: \`name\` must look like cache.r7g.large (got '${name}'). Write family and size behind \`cache.\`.`);
    }
    return new CacheNodeType(name);
  }

  /**
   * The node type named like an EC2 instance type.
   *
   * @param instanceType for example `ec2.InstanceType.of(ec2.InstanceClass.R7G, ec2.InstanceSize.LARGE)`.
   */
  public static fromInstanceType(instanceType: InstanceType): CacheNodeType {
    return CacheNodeType.of(`cache.${instanceType.toString()}`);
  }

  /** The name, for example `cache.r7g.large`. */
  public readonly name: string;

  private constructor(name: string) {
    this.name = name;
  }

  /** Number of vCPUs; undefined for a type that this version of the library does not know. */
  public get vcpu(): number | undefined {
    return NODE_TYPES.get(this.name)?.vcpu;
  }

  /** Memory in GiB before the reserved share is taken off; undefined for a type that this version of the library does not know. */
  public get memoryGiB(): number | undefined {
    return NODE_TYPES.get(this.name)?.memoryGiB;
  }

  /** Whether a part of the data is kept on SSD; undefined for a type that this version of the library does not know. */
  public get dataTiering(): boolean | undefined {
    return NODE_TYPES.get(this.name)?.dataTiering;
  }

  /** The name. */
  public toString(): string {
    return this.name;
  }
}
