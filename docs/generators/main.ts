/** Writes every page that is made from the code. */
import { writeFileSync } from 'fs';
import { join } from 'path';
import { PAGES } from './pages';
import setUp from '../../test/global-setup';
import tearDown from '../../test/global-teardown';

setUp();
try {
  for (const [file, page] of Object.entries(PAGES)) {
    writeFileSync(join(__dirname, '..', file), page());
    console.log(join('docs', file));
  }
} finally {
  tearDown();
}
