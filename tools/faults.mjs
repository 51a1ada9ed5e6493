// `npm run test:faults [-- --only T13,T14] [-- --long] [-- --record]`: builds the product, then runs the numbered fault tests.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { buildIfStale, root } from './build-if-stale.mjs';

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [] },
    long: { type: 'boolean', default: false },
    record: { type: 'boolean', default: false },
  },
});
buildIfStale();
const profile = values.long ? 'long' : (process.env.MEDITORY_FAULTS ?? 'short');
const seed =
  process.env.MEDITORY_FAULTS_SEED ??
  String(profile === 'long' ? Math.floor(Math.random() * 2 ** 31) : 20_261_201);
const folder = mkdtempSync(join(tmpdir(), 'meditory-faults-'));
console.info(`faults: profile ${profile}, seed ${seed}`);
const { status } = spawnSync(
  process.execPath,
  [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', '--config', 'vitest.faults.config.ts'],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      MEDITORY_FAULTS: profile,
      MEDITORY_FAULTS_SEED: seed,
      MEDITORY_FAULTS_ONLY: values.only.join(','),
      MEDITORY_FAULTS_FIGURES: join(folder, 'figures.jsonl'),
      ...(values.record ? { MEDITORY_FAULTS_RECORD: join(root, 'docs', 'figures', 'reliability.json') } : {}),
    },
  },
);
rmSync(folder, { recursive: true, force: true });
process.exit(status ?? 1);
