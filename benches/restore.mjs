// Recovery: `npm run meditory -- bench restore [--sales 1000000] [--products 5000] [--json]`.
// Makes an installation of its own in a temporary folder with so many sales in three years, backs it up beside its running server, restores and checks a copy
// (the proof every backup gets), kills nothing, and restores it once more as a person would after the PC died: into an empty folder, on the disk.
// The sales are written past every trigger, without a trail: some invariants do not hold from the start. Ends with an error where the proof of the copy
// finds other than these.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

import { copiesOfAProduct } from './generate/copies.mjs';
import { parts, sales } from './generate/sales.mjs';
import { command } from './lib/command.mjs';
import { timed } from './lib/distribution.mjs';
import { inInstallation } from './lib/installation.mjs';

const PORT = 3983;
/** Invariants that a proof names. */
const MOST_TOLD = 5;

const { values: options } = parseArgs({
  options: {
    sales: { type: 'string', default: '1000000' },
    products: { type: 'string', default: '5000' },
    json: { type: 'boolean', default: false },
  },
});

/** Faults of a proof that the original does not have. `broken`: codes of the invariants that it breaks itself, in their order. */
function newFaults(faults, broken) {
  const told = broken.slice(0, MOST_TOLD).map((code) => `${code}: .*`);
  const more = broken.length > MOST_TOLD ? `; and ${broken.length - MOST_TOLD} more` : '';
  const same = new RegExp(`^invariants: ${told.join('; ')}${more}$`, 's');
  return faults.filter((fault) => broken.length === 0 || !same.test(fault));
}

await inInstallation(PORT, async ({ owner, one, branchId, userId }) => {
  const today = await one(`select (now() at time zone 'Africa/Cairo')::date::text as id`);
  await owner.query('set session_replication_role = replica');
  await copiesOfAProduct(owner, Number(options.products));
  await owner.query('set session_replication_role = origin');
  for (const [text, values] of parts(today)) await owner.query(text, values);
  await owner.query('begin');
  for (const [text, values] of sales({ branchId, userId, sales: Number(options.sales), today })) await owner.query(text, values); // prettier-ignore
  await owner.query('commit');
  await owner.query('vacuum (analyze)');
  const made = await one('select count(*)::int as id from operational.sales');
  const size = Number(await one('select pg_database_size(current_database())::text as id'));
  const home = dirname(await one("select current_setting('data_directory') as id"));
  const folder = mkdtempSync(join(tmpdir(), 'meditory-bench-restore-'));
  chmodSync(folder, 0o755);
  try {
    const env = { MEDITORY_HOME: home, MEDITORY_BACKUP_DIR: join(folder, 'backups') };
    const backup = await timed(() => command(env, 'backup', '--no-proof'));
    const proof = await timed(() => command(env, 'backup', 'prove'));
    const status = await command(env, 'backup', 'status');
    const { invariants } = await command(env, 'doctor');
    const broken = invariants.filter((one) => one.broken.length > 0).map(({ code }) => code);
    const key = ['--key-file', join(home, 'backup.key')];
    const restore = await timed(() => command(env, 'restore', '--into', join(folder, 'home'), ...key));
    const { lastBackup } = status;
    const figures = {
      sales: made,
      databaseMiB: Math.round(size / 2 ** 20),
      backupMiB: Math.round((lastBackup?.bytes ?? 0) / 2 ** 20),
      backupSeconds: Math.round(backup.wall / 100) / 10,
      proofSeconds: Math.round(proof.wall / 100) / 10,
      restoreSeconds: Math.round(restore.wall / 100) / 10,
      brokenBefore: broken,
      faults: newFaults(lastBackup?.faults ?? ['there is no backup'], broken),
    };
    if (options.json) console.log(JSON.stringify(figures));
    else
      console.log(
        `${figures.sales} sales, ${figures.databaseMiB} MiB; ${cpus().length} cores, load ${loadavg()[0].toFixed(1)}, Node ${process.version}\n` +
          `Backed up beside the running server in ${figures.backupSeconds} s, ${figures.backupMiB} MiB sealed\n` +
          `Checked as a proof does (restored, rows counted, every invariant, the audit trail) in ${figures.proofSeconds} s; the original breaks ${broken.length} invariants itself\n` +
          `Restored into an empty folder, on the disk, in ${figures.restoreSeconds} s`,
      );
    for (const fault of figures.faults) console.error(`The proof failed. ${fault}`);
    if (figures.faults.length > 0) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
