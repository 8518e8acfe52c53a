import { Tokenization } from 'aws-cdk-lib';

/** Where a cache listens. */
export class CacheEndpoint {
  /** The host name. */
  public readonly hostname: string;

  /** The port. */
  public readonly port: number;

  /** `hostname:port`. */
  public readonly socketAddress: string;

  /**
   * @param hostname the host name.
   * @param port the port, from 1 to 65535.
   */
  constructor(hostname: string, port: number) {
    this.hostname = hostname;
    this.port = port;
    this.socketAddress = `${hostname}:${Tokenization.stringifyNumber(port)}`;
  }
}
