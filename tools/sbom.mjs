// `npm run sbom`: what the program is made of, as a CycloneDX document beside what was built (dist/meditory.cdx.json). Made at a release, not
// kept: it says what the lock file says. The same lock file gives the same document.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { root } from './build-if-stale.mjs';

const { status, stdout, stderr } = spawnSync(
  'npm',
  ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'],
  { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, shell: process.platform === 'win32' },
);
if (status !== 0) {
  process.stderr.write(stderr);
  process.exit(status ?? 1);
}
const { serialNumber: _serial, ...bom } = JSON.parse(stdout);
delete bom.metadata.timestamp;
// npm's own `--omit dev` leaves out what tools use as well as the program, so the lock file is asked.
const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
const running = new Set(
  Object.entries(packages)
    .filter(([path, { dev }]) => path.includes('node_modules/') && dev !== true)
    .map(([path, { version }]) => `${path.split('node_modules/').at(-1)}@${version}`),
);
bom.components = bom.components.filter(({ name, version }) => running.has(`${name}@${version}`));
const kept = new Set([
  bom.metadata.component['bom-ref'],
  ...bom.components.map((component) => component['bom-ref']),
]);
bom.dependencies = bom.dependencies
  .filter(({ ref }) => kept.has(ref))
  .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((one) => kept.has(one)) }));
// npm takes the name of the folder.
bom.metadata.component.name = 'meditory';
mkdirSync(join(root, 'dist'), { recursive: true });
writeFileSync(join(root, 'dist', 'meditory.cdx.json'), `${JSON.stringify(bom, null, 2)}\n`);
process.stdout.write(`dist/meditory.cdx.json: ${bom.components.length} components\n`);
