// `npm test`: builds the product (the browser and start-up tests run the built one), then runs every test once.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

import { buildIfStale, root } from './build-if-stale.mjs';

buildIfStale();
const { status } = spawnSync(
  process.execPath,
  [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit' },
);
process.exit(status ?? 1);
