import { readFileSync } from 'fs';
import { join } from 'path';
import { alarmsPage, withAlarmTable } from './alarms';
import { updatesPage } from './updates';
import { validationPage } from './validation';

/** What is written from the code, by its path from `docs/`. */
export const PAGES: { readonly [file: string]: () => string } = {
  '../README.md': () => withAlarmTable(readFileSync(join(__dirname, '..', '..', 'README.md'), 'utf8')),
  'alarms.md': alarmsPage,
  'updates.md': updatesPage,
  'validation.md': validationPage,
};
