/** How a client is linked to a store. */
export interface LinkOptions {
  /**
   * Prefix of the environment variables, in capitals, digits and underscores, beginning with a letter.
   *
   * A client that is linked to two stores of one kind gives each a prefix of its own.
   *
   * Update: nothing of the store, only the variables of linked clients.
   *
   * @default - the prefix of the construct, for example `REDIS` or `SESSION_STORE`
   */
  readonly prefix?: string;
}
