import { RegionInfo } from 'aws-cdk-lib/region-info';
import { findingOf, Judge } from './judge';

const COMMERCIAL = /\barn:aws:/;

/** Templates for Regions of other partitions name nothing of the commercial one. This one is ours: no judge of others looks at it. */
export const partition: Judge = {
  name: 'partition',
  judge: apps => apps.flatMap(app => app.templates
    .filter(({ region }) => region !== undefined && RegionInfo.get(region).partition !== 'aws')
    .flatMap(template => Object.entries(template.body.Resources ?? {})
      .filter(([, resource]) => COMMERCIAL.test(JSON.stringify(resource)))
      .map(([logicalId, resource]) => findingOf({ app, template }, logicalId, {
        judge: partition.name, rule: 'literal-partition', severity: 'error', text: `\`arn:aws:\` in a template for ${template.region}: ${excerpt(resource)}`,
      })))),
};

function excerpt(resource: unknown): string {
  const text = JSON.stringify(resource);
  return text.slice(text.search(COMMERCIAL)).slice(0, 100);
}
