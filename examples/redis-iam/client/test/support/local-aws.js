import { createRequire } from 'node:module';

// The launcher is CommonJS and knows its folder by `__dirname`, which an import under tsx does not give it.
const require = createRequire(import.meta.url);

export const { clientEnvironment, clientVariables } = require('../../../../../emulator/launcher/client-environment.ts');
export const { launch } = require('../../../../../emulator/launcher/launch.ts');
