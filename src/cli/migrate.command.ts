import { migrateInstallation, openInstallation } from '../installation.js';
import { readConfig } from '../platform/config/config.js';
import { migrateDown, migrationStatus } from '../platform/database/migrator.js';
import { legacyNotice } from './legacy-move.command.js';
import { notice, report } from './report.js';

/** Migrates up, takes steps back, or tells where the schema stands. */
export async function migrate(
  direction: 'up' | 'down' | 'status',
  options: { json?: boolean; steps: string; withoutProof?: boolean },
): Promise<void> {
  const config = readConfig();
  const installation = await openInstallation(config);
  const json = options.json === true;
  try {
    if (direction === 'up') {
      const applied = await migrateInstallation(installation, config, {
        withoutProof: options.withoutProof === true,
        say: notice,
      });
      const legacy = await legacyNotice(installation.migrationServer);
      const lines =
        applied.length > 0 ? applied.map((name) => `applied ${name}`) : ['The schema is up to date.'];
      report(json, { applied, legacyCatalogue: legacy?.tables ?? [] }, [...lines, ...(legacy?.lines ?? [])]);
    } else if (direction === 'down') {
      if (!/^[1-9]\d?$/.test(options.steps)) throw new Error('--steps must be 1 to 99');
      const steps = Number(options.steps);
      await migrateDown(installation.migrationServer, steps);
      report(json, { undone: steps }, [`Took back ${steps} migration${steps === 1 ? '' : 's'}.`]);
    } else {
      const migrations = await migrationStatus(installation.migrationServer);
      report(
        json,
        { migrations },
        migrations.map((m) => `${m.applied ? 'applied' : 'pending'} ${m.name}`),
      );
    }
  } finally {
    await installation.close();
  }
}
