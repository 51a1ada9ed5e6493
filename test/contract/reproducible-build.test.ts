// The same sources give the same program, file by file: what was built is what a second build makes.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { packageRoot } from '../../src/platform/package-root.js';

/** A build takes some seconds of a whole processor; here it may share one. */
const BUILD_MS = 300_000;

const root = packageRoot();
// As deep as the first build: source maps say how to get to the sources.
const again = mkdtempSync(join(root, 'dist-again-'));
afterAll(() => rmSync(again, { recursive: true, force: true }));

/** Hash of each file below a folder, by its path. */
function hashes(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    files
      .map(({ parentPath, name }) => join(parentPath, name))
      .map(
        (file) =>
          [relative(folder, file), createHash('sha256').update(readFileSync(file)).digest('hex')] as const,
      )
      .sort(([a], [b]) => a.localeCompare(b, 'en')),
  );
}

function run(script: string, ...args: string[]): void {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'node_modules', script), ...args],
    {
      cwd: root,
      encoding: 'utf8',
      // That of the test runner would build the interface for developers.
      env: { ...process.env, NODE_ENV: 'production' },
    },
  );
  expect(status, `${stdout}${stderr}`).toBe(0);
}

describe('a second build', () => {
  it(
    'of the server is the first one',
    () => {
      run('typescript-7/bin/tsc', '-p', 'tsconfig.build.json', '--outDir', again);
      const { 'meditory.cdx.json': _inventory, ...built } = hashes(join(root, 'dist'));
      const second = hashes(again);
      expect(Object.keys(second).length).toBeGreaterThan(300);
      // A folder that was built into before may hold what is no longer there.
      expect(Object.fromEntries(Object.keys(second).map((file) => [file, built[file]]))).toEqual(second);
    },
    BUILD_MS,
  );

  it(
    'of the web user interface is the first one',
    () => {
      run(
        'vite/bin/vite.js',
        'build',
        'web',
        '--logLevel',
        'error',
        '--outDir',
        join(again, 'web'),
        '--emptyOutDir',
      );
      const second = hashes(join(again, 'web'));
      expect(Object.keys(second).length).toBeGreaterThan(50);
      expect(hashes(join(root, 'web', 'dist'))).toEqual(second);
    },
    BUILD_MS,
  );
});
