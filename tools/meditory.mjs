// `npm run meditory -- <command>`: builds what is stale, then runs the command line in this process.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { buildIfStale, root } from './build-if-stale.mjs';

buildIfStale();
process.setSourceMapsEnabled(true);
await import(pathToFileURL(join(root, 'dist', 'main.js')).href);
