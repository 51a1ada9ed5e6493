// `npm start`: builds what is stale, then runs the server in this very process, so that signals reach it.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { buildIfStale, root } from './build-if-stale.mjs';

buildIfStale();
process.setSourceMapsEnabled(true);
process.argv = [process.argv[0], process.argv[1], 'start', ...process.argv.slice(2)];
await import(pathToFileURL(join(root, 'dist', 'main.js')).href);
