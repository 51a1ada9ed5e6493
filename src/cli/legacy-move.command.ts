import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { migrateInstallation, openInstallation, requireCurrentSchema } from '../installation.js';
import { readConfig, type DatabaseServer } from '../platform/config/config.js';
import { withOwnerConnection } from '../platform/database/owner-connection.js';
import { packageRoot } from '../platform/package-root.js';
import { StarterRulesService } from '../reference/clinical/starter-rules.service.js';
import { CatalogueText, type PrescriptionOnlyList } from '../reference/imports/catalogue-text.service.js';
import { LegacyMoveService, type UndoReport } from '../reference/legacy/legacy-move.service.js';
import type { LegacyReport, LinkReport } from '../reference/legacy/legacy.types.js';
import { notice, report } from './report.js';

interface LegacyMoveOptions {
  dryRun?: boolean;
  json?: boolean;
  discardEdits?: boolean;
  rxRules: string;
}

async function prescriptionRules(source: string): Promise<PrescriptionOnlyList | undefined> {
  if (source === 'none') return undefined;
  const path = join(packageRoot(), 'db', 'mappings', `${source}.json`);
  if (!/^[a-z0-9-]+$/.test(source) || !existsSync(path))
    throw new Error(`There are no prescription rules of a source ${source}. Try egypt, or none.`);
  const rules = CatalogueText.prescriptionRules(JSON.parse(await readFile(path, 'utf8')));
  if (rules === undefined) throw new Error(`The mapping of ${source} is not usable.`);
  return rules;
}

const share = (part: number, whole: number): string =>
  `${part} of ${whole}${whole === 0 ? '' : ` (${((100 * part) / whole).toFixed(1)} %)`}`;

function linkLines(what: string, { stated, linked, byName, unknown }: LinkReport): string[] {
  const values = unknown.slice(0, 10).map(({ value, count }) => `      ${count} × ${value}`);
  return [
    `  ${what}: ${share(linked, stated)} that state one are linked; ${byName} more by the name of the product`,
    ...(values.length > 0 ? ['    not understood, and linked by the name where it says so:', ...values] : []),
  ];
}

/** The report as people read it. */
export function legacyLines(done: LegacyReport, dryRun: boolean): string[] {
  if (done.tables.length === 0) return ['There is no older catalogue in public. Nothing was done.'];
  const width = Math.max(...done.tables.map(({ table }) => table.length), 5);
  const cells = (values: readonly (string | number)[]): string =>
    values.map((value) => String(value).padStart(11)).join('');
  return [
    dryRun
      ? 'This is what a move would do. Nothing was changed; repeat without --dry-run.'
      : 'The older catalogue was taken over. Its tables are in the schema legacy, as they were.',
    `${'table'.padEnd(width)}${cells(['found', 'id kept', 'new id', 'merged', 'refused', 'added', 'repaired'])}`,
    ...done.tables.map(
      (t) =>
        `${t.table.padEnd(width)}${cells([t.found, t.kept, t.renumbered, t.merged, t.refused, t.added, t.repaired])}`,
    ),
    `  products in the catalogue: ${done.productsBefore} before, ${done.productsAfter} after`,
    ...linkLines('routes', done.routes),
    ...linkLines('dosage forms', done.dosageForms),
    `  ingredients: ${done.ingredients.linked} products fully linked, ${done.ingredients.partial} partly, ${done.ingredients.unlinked} not, ${done.ingredients.notStated} state none`,
    `  barcodes: ${share(done.barcodes.stored, done.barcodes.stated)} stored`,
    `  prescription only: ${done.prescriptionOnly} products`,
    ...done.reasons.map(
      ({ table, outcome, reason, count, example }) =>
        `  ${table}, ${outcome}: ${count} × ${reason} (first: ${example})`,
    ),
    ...(done.leftInPublic.length > 0 ? [`  left in public: ${done.leftInPublic.join(', ')}`] : []),
    `${done.seconds} s`,
  ];
}

const undoLines = ({ tables, productsRemoved, entriesRemoved }: UndoReport): string[] => [
  'The older catalogue is back in public as it was.',
  ...tables.map(({ table, rows }) => `  ${table}  ${rows} rows`),
  `  ${productsRemoved} products left the catalogue`,
  ...Object.entries(entriesRemoved).map(([kind, count]) => `  ${count} of its ${kind.replaceAll('_', ' ')}`),
];

/** What to say where public holds an older catalogue that was not taken over; undefined: there is none. */
export async function legacyNotice(
  server: DatabaseServer,
): Promise<{ tables: string[]; lines: string[] } | undefined> {
  const waiting = await withOwnerConnection(server, (uow) =>
    new LegacyMoveService(uow, new StarterRulesService(uow)).waiting(),
  );
  if (waiting.length === 0) return undefined;
  const tables = waiting.map(({ tableName }) => tableName);
  const counts = waiting.map(({ tableName, rowCount }) => `${tableName} (${rowCount})`).join(', ');
  return {
    tables,
    lines: [
      `The schema public holds an older catalogue: ${counts}.`,
      'Nothing of it was changed. See what a move would do:  npm run meditory -- legacy-move --dry-run',
      'Take it over, whole or not at all:                    npm run meditory -- legacy-move',
    ],
  };
}

/** Takes an older catalogue over from public, or gives it back. */
export async function legacyMove(direction: 'up' | 'down', options: LegacyMoveOptions): Promise<void> {
  const rules = await prescriptionRules(options.rxRules);
  const config = readConfig();
  const installation = await openInstallation(config);
  const json = options.json === true;
  try {
    if (installation.cluster) await migrateInstallation(installation, config, { say: notice });
    else await requireCurrentSchema(installation.server);
    await withOwnerConnection(installation.migrationServer, async (uow) => {
      const move = new LegacyMoveService(uow, new StarterRulesService(uow));
      if (direction === 'down') {
        const undone = await move.down({ discardEdits: options.discardEdits === true });
        report(json, undone, undoLines(undone));
        return;
      }
      const dryRun = options.dryRun === true;
      const done = await move.up({
        dryRun,
        prescriptionRules: rules,
        onProgress: ({ table, rows, of }) => {
          if (!json) process.stderr.write(`\r${table}: ${rows} of ${of} rows${rows >= of ? '\n' : ''}`);
        },
      });
      report(json, done, legacyLines(done, dryRun));
    });
  } finally {
    await installation.close();
  }
}
