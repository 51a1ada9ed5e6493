// `npm run audit`: known weaknesses of what is installed to run the program. High and critical ones fail it. Where nobody can be asked (no
// network, a mirror that does not know), it says so loudly, and fails where --required is given: at a release.
import { spawnSync } from 'node:child_process';

import { root } from './build-if-stale.mjs';

const FAILING = ['high', 'critical'];

const { stdout } = spawnSync('npm', ['audit', '--json', '--omit', 'dev'], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
  shell: process.platform === 'win32',
});
let report;
try {
  report = JSON.parse(stdout);
} catch {
  report = {};
}
const counts = report.metadata?.vulnerabilities;
if (!counts) {
  process.stderr.write('NOT CHECKED: nobody could be asked for known weaknesses of the packages.\n');
  process.exit(process.argv.includes('--required') ? 1 : 0);
}
for (const [name, { severity, via }] of Object.entries(report.vulnerabilities ?? {})) {
  const titles = via.filter((one) => typeof one === 'object').map((one) => `${one.title} ${one.url}`);
  process.stdout.write(`${severity} ${name} ${titles.join('; ')}\n`);
}
const failing = FAILING.reduce((sum, severity) => sum + (counts[severity] ?? 0), 0);
process.stdout.write(`${counts.total} known weaknesses, ${failing} of them high or critical\n`);
process.exit(failing > 0 ? 1 : 0);
