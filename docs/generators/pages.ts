import { alarmsPage } from './alarms';
import { updatesPage } from './updates';
import { validationPage } from './validation';

/** The pages of `docs/` that are written from the code, by their file names. */
export const PAGES: { readonly [file: string]: () => string } = {
  'alarms.md': alarmsPage,
  'updates.md': updatesPage,
  'validation.md': validationPage,
};
