import { mkdtempSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

/** Every App that is synthesized leaves a folder in the temporary one: they get one of their own, which the teardown removes. */
export default function setUp(): void {
  process.env.TMPDIR = mkdtempSync(join(tmpdir(), 'cdk-data-tier-tests-'));
}
