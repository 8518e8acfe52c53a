import { makersWith } from './library';
import { Makers } from './subjects';

/** Every subject as the library makes it with its defaults. */
export const makers: Makers = makersWith();
