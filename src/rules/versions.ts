/** Comparing engine versions; a version that is not a row of numbers (`6.x`) compares with nothing. */

/** Whether a version is at least the other; undefined where one of them is no row of numbers. */
export function isAtLeast(version: string, minimum: string): boolean | undefined {
  const [own, other] = [partsOf(version), partsOf(minimum)];
  if (own === undefined || other === undefined) {
    return undefined;
  }
  const length = Math.max(own.length, other.length);
  const difference = Array.from({ length }, (_, i) => (own[i] ?? 0) - (other[i] ?? 0)).find((delta) => delta !== 0);
  return difference === undefined || difference > 0;
}

/** The number before the first dot; undefined where there is none. */
export function majorOf(version: string): number | undefined {
  const match = /^(\d+)(\.|$)/.exec(version);
  return match === null ? undefined : Number(match[1]);
}

function partsOf(version: string): number[] | undefined {
  return /^\d+(\.\d+)*$/.test(version) ? version.split('.').map(Number) : undefined;
}
