// `npm run test:fuzz`: as many made requests as MEDITORY_FUZZ says (100,000) to the built product; MEDITORY_FUZZ_SEED repeats a run.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

import { buildIfStale, root } from './build-if-stale.mjs';

buildIfStale();
const { status } = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    '--project',
    'code',
    'test/faults/abuse-fuzz.test.ts',
  ],
  { cwd: root, stdio: 'inherit', env: { MEDITORY_FUZZ: '100000', ...process.env } },
);
process.exit(status ?? 1);
