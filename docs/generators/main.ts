/** Writes every generated page of `docs/`. */
import { writeFileSync } from 'fs';
import { join } from 'path';
import { PAGES } from './pages';
import setUp from '../../test/global-setup';
import tearDown from '../../test/global-teardown';

setUp();
try {
  for (const [file, page] of Object.entries(PAGES)) {
    writeFileSync(join(__dirname, '..', file), page());
    console.log(`docs/${file}`);
  }
} finally {
  tearDown();
}
