import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Newest change below the given files and folders, ms since 1970. */
function newest(paths) {
  let latest = 0;
  for (const path of paths) {
    if (!existsSync(path)) continue;
    const stat = statSync(path);
    if (stat.isDirectory())
      latest = Math.max(latest, newest(readdirSync(path).map((name) => join(path, name))));
    else latest = Math.max(latest, stat.mtimeMs);
  }
  return latest;
}

function run(script) {
  const { status } = spawnSync(process.execPath, script, { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(status ?? 1);
}

/** Builds the server and the web user interface where their sources are newer than what was built. */
export function buildIfStale() {
  const at = (...parts) => join(root, ...parts);
  const server = newest([at('src'), at('tsconfig.json'), at('tsconfig.build.json')]);
  if (!existsSync(at('dist', 'main.js')) || server > statSync(at('dist', 'main.js')).mtimeMs) {
    process.stderr.write('Building the server …\n');
    run([at('node_modules', 'typescript-7', 'bin', 'tsc'), '-p', at('tsconfig.build.json')]);
  }
  const web = newest([
    at('web', 'src'),
    at('web', 'index.html'),
    at('web', 'vite.config.ts'),
    at('web', 'package.json'),
  ]);
  if (
    !existsSync(at('web', 'dist', 'index.html')) ||
    web > statSync(at('web', 'dist', 'index.html')).mtimeMs
  ) {
    process.stderr.write('Building the web user interface …\n');
    run([at('node_modules', 'vite', 'bin', 'vite.js'), 'build', at('web'), '--logLevel', 'warn']);
  }
}
