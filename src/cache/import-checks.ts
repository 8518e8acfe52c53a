import { Token } from 'aws-cdk-lib';

/** What an import is asked at once: it has no resource that rules could be held against. */

/** What the console never shows as empty, by the names of the attributes. */
interface Texts { readonly [attribute: string]: string | readonly string[] | undefined }

/** Refuses names, addresses and ids that are empty. */
export function refuseEmptyTexts(method: string, texts: Texts): void {
  const empty = Object.entries(texts).find(([, value]) => [value].flat().includes(''));
  if (empty) throw new Error(`${method}: \`${empty[0]}\` must not be empty (got ${JSON.stringify(empty[1])}). Give what the console shows.`);
}

const TCP_PORT = { min: 1, max: 65535 } as const;

/** Refuses a number that no client can connect to. */
export function refuseOtherPorts(method: string, port: number): void {
  if (Token.isUnresolved(port) || (Number.isInteger(port) && port >= TCP_PORT.min && port <= TCP_PORT.max)) return;
  throw new Error(`${method}: \`port\` must be a whole number from ${TCP_PORT.min} to ${TCP_PORT.max} (got ${port}). `
    + 'Give the one that the console shows.');
}
