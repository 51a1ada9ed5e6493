// `npm run gen`: refreshes every generated file. The same code, run as a test, compares them (test/contract/generated.test.ts, test/faults/registry.test.ts).
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

import { root } from './build-if-stale.mjs';

const { status } = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    'test/contract/generated.test.ts',
    'test/contract/bench-figures.test.ts',
    'test/faults/registry.test.ts',
  ],
  { cwd: root, stdio: 'inherit', env: { ...process.env, MEDITORY_GENERATE: 'write' } },
);
process.exit(status ?? 1);
