// `npm run test:faults`: the tests the registry of faults names, and no other (tools/faults.mjs says which of them, and how much).
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

import { defineConfig } from 'vitest/config';

import { RegistryReporter } from './test/faults/harness/reporter.js';
import { REGISTRY } from './test/faults/registry/index.js';
import { CODE_TESTS } from './vitest.config.js';

const only = (process.env['MEDITORY_FAULTS_ONLY'] ?? '').split(',').filter(Boolean);
const unknown = only.filter((id) => !REGISTRY.some((test) => test.id === id));
if (unknown.length > 0) throw new Error(`the registry has no ${unknown.join(', ')}`);
const wanted = REGISTRY.filter(({ id }) => only.length === 0 || only.includes(id));
const proofs = wanted.flatMap((test) => test.proofs);
if (proofs.length === 0)
  throw new Error(`nothing to run: ${wanted.map(({ id, note }) => `${id}: ${note ?? ''}`).join(' ')}`);
const literally = (title: string): string => title.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

export default defineConfig({
  test: {
    ...CODE_TESTS,
    name: 'faults',
    pool: 'forks',
    maxWorkers: 2,
    passWithNoTests: false,
    include: [...new Set(proofs.map(({ file }) => file))],
    testNamePattern: new RegExp([...new Set(proofs.map(({ title }) => literally(title)))].join('|')),
    reporters: [
      'default',
      new RegistryReporter({
        root: dirname(fileURLToPath(import.meta.url)),
        wanted,
        figures: process.env['MEDITORY_FAULTS_FIGURES'] ?? '',
        profile: process.env['MEDITORY_FAULTS'] ?? 'ci',
        record: process.env['MEDITORY_FAULTS_RECORD'],
      }),
    ],
  },
});
