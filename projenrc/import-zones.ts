/** The folders of `src`, lowest first: a folder may import from those before it only. */
const ORDER = ['facts', 'rules', 'private', 'common', 'catalog', 'monitoring', 'lambda', ['cache', 'database'], 'patterns', 'validation'];

interface Zone {
  readonly target: string;
  readonly from: string | string[];
  readonly message: string;
}

/** The zones of eslint's `import/no-restricted-paths` that keep imports going one way. */
export function importZones(): Zone[] {
  const ranks = ORDER.map(rank => [rank].flat());
  const oneWay = ranks.flatMap((rank, position) => rank.flatMap((folder): Zone[] => {
    const forbidden = [...rank.filter(peer => peer !== folder), ...ranks.slice(position + 1).flat()];
    return forbidden.map(other => ({
      target: `./src/${folder}`,
      from: `./src/${other}`,
      message: `src/${folder} may not import from src/${other}: imports go one way.`,
    }));
  }));
  const plain = ['facts', 'rules'].map((folder): Zone => ({
    target: `./src/${folder}`,
    from: ['./node_modules/aws-cdk-lib', './node_modules/constructs'],
    message: `src/${folder} is plain TypeScript: its tests load no aws-cdk-lib.`,
  }));
  return [...oneWay, ...plain];
}
