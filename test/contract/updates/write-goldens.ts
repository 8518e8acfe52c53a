/** Accepts what differs in place from the golden templates. A change that replaces or removes data is refused. */
import { mkdirSync } from 'fs';
import { GOLDEN_FOLDER, writeGoldens } from './goldens';
import setUp from '../../global-setup';
import tearDown from '../../global-teardown';

setUp();
try {
  mkdirSync(GOLDEN_FOLDER, { recursive: true });
  const refused = writeGoldens();
  for (const reason of refused) console.error(reason);
  if (refused.length > 0) {
    console.error('Not written: users who take this version would lose data. Delete the golden file first if that is meant.');
    process.exitCode = 1;
  }
} finally {
  tearDown();
}
