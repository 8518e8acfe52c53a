/**
 * The same entries in the order of their keys. Maps come in another order from every language, and from Java in another in every run: what is
 * written of them must not change with it.
 */
export function sortKeys<T>(map: { readonly [key: string]: T }): { [key: string]: T } {
  return Object.fromEntries(Object.entries(map).sort(([one], [other]) => one < other ? -1 : 1));
}
