import { IDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';

/** Where the logs of a cluster go. */
export class RedisLogDestination {
  /** Log groups of the construct's own, encrypted with its key. */
  public static cloudWatch(): RedisLogDestination {
    return new RedisLogDestination();
  }

  /**
   * A delivery stream of Amazon Data Firehose, which takes the lines of both logs.
   *
   * @param stream a stream in the same account and Region.
   */
  public static firehose(stream: IDeliveryStream): RedisLogDestination {
    return new RedisLogDestination(stream);
  }

  private constructor(private readonly stream?: IDeliveryStream) {}

  /**
   * The stream; undefined for log groups.
   * @internal
   */
  public _bind(): IDeliveryStream | undefined {
    return this.stream;
  }
}
