/** What an update does, from the mildest to the worst, in the words of the docs: `Update: in place.` */
export enum Effect {
  CLIENTS_TOLD = 'nothing of the store, only the variables of linked clients',
  WATCHED_ANEW = 'nothing of the cluster',
  IN_PLACE = 'in place',
  INTERRUPTED = 'in place, with a short interruption',
  EMPTIED = 'in place, and every node starts empty',
  USER_REPLACED = 'replaces the user',
  NOT_PROVED = 'not proved, CloudFormation may refuse it',
  REFUSED_BY_SERVICE = 'refused by ElastiCache',
  REFUSED_BY_NAME = 'would replace the cluster, which CloudFormation refuses because of the fixed name',
  REPLACED = 'replaces the cluster and loses its data',
}

const WORST_FIRST = Object.values(Effect).reverse();

/** The worst of several effects; undefined when there is none. */
export function worstOf(effects: readonly Effect[]): Effect | undefined {
  return WORST_FIRST.find(effect => effects.includes(effect));
}
