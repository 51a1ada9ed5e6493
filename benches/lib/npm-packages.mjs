// Packages a bench sets beside the product. None of them is a dependency: they are installed by exact version into a temporary folder, and
// what cannot be had is left out with its reason.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const INSTALL_MS = 120_000;

/** Installs them; answers the folder, or why not, and `remove`. No script of theirs runs. */
export function installPackages(packages) {
  const folder = mkdtempSync(join(tmpdir(), 'meditory-peers-npm-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const { status, stderr, error } = spawnSync(
    'npm',
    ['install', '--prefix', folder, '--no-audit', '--no-fund', '--ignore-scripts', '--fetch-retries', '1', ...packages],
    { cwd: folder, encoding: 'utf8', timeout: INSTALL_MS },
  ); // prettier-ignore
  if (status === 0) return { folder, remove };
  remove();
  const said = stderr?.split('\n').find((line) => line.startsWith('npm error')) ?? error?.message;
  return { missing: said ?? `npm ended with ${status}`, remove };
}
