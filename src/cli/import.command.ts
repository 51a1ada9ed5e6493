import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { FirstStartService } from '../operational/sample/first-start.service.js';
import { packageRoot } from '../platform/package-root.js';
import { systemContext } from '../platform/security/request-context.js';
import { ImportsService } from '../reference/imports/imports.service.js';
import type { ImportSummary } from '../reference/imports/imports.types.js';
import { readMapping, type SourceMapping } from '../reference/imports/mapping.domain.js';
import { report, withServices } from './context.js';
import { ProgressPrinter } from './import-progress.js';
import { RejectsFile } from './rejects-file.js';

interface ImportOptions {
  apply?: boolean;
  discontinueMany?: boolean;
  map?: string;
  rejects?: string;
  json?: boolean;
}

/** Source name that means "the mapping says everything". */
const ANY_CSV = 'csv';

const mappingsFolder = (): string => join(packageRoot(), 'db', 'mappings');

async function mappingFile(source: string, map: string | undefined): Promise<string> {
  if (map !== undefined) return resolve(map);
  if (source === ANY_CSV) throw new Error('A csv source needs its mapping: --map <file>.');
  const shipped = (await readdir(mappingsFolder()))
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length))
    .sort();
  if (!shipped.includes(source))
    throw new Error(
      `There is no source ${source}. Sources: ${shipped.join(', ')}, and csv with --map <file>.`,
    );
  return join(mappingsFolder(), `${source}.json`);
}

async function loadMapping(source: string, map: string | undefined): Promise<SourceMapping> {
  const path = await mappingFile(source, map);
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw new Error(`The mapping cannot be read: ${error.message}`);
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Error(`The mapping ${path} is not JSON: ${error instanceof Error ? error.message : ''}`, {
      cause: error,
    });
  }
  const mapping = readMapping(json);
  if (!('ok' in mapping))
    throw new Error(`The mapping ${path} is not usable:\n  ${mapping.problems.join('\n  ')}`);
  if (source !== ANY_CSV && mapping.ok.source !== source)
    throw new Error(`The mapping ${path} is for the source ${mapping.ok.source}, not ${source}.`);
  return mapping.ok;
}

const share = (part: number, whole: number): string =>
  `${part} (${whole === 0 ? '0.0' : ((100 * part) / whole).toFixed(1)} %)`;

function oneLine(value: string): string {
  const line = value.replace(/\s+/g, ' ');
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}

/** The summary as people read it. */
export function summaryLines(summary: ImportSummary): string[] {
  const { composition: c } = summary;
  const accepted = summary.read - summary.rejected;
  const rejects = summary.rejects.flatMap(({ column, reason, count, first }) => [
    `  ${count} × ${column === null ? '' : `${column}: `}${reason}`,
    ...first.map(({ file, line, value }) => `      ${file}, line ${line}: ${oneLine(value)}`),
  ]);
  return [
    summary.applied
      ? `Imported ${summary.source} as release ${summary.releaseId ?? ''}.`
      : `Read ${summary.source}; this is what an import would do. Nothing was changed; repeat with --apply.`,
    `  read          ${summary.read}`,
    `  inserted      ${summary.inserted}`,
    `  updated       ${summary.updated}`,
    `  unchanged     ${summary.unchanged}`,
    `  rejected      ${summary.rejected}`,
    `  discontinued  ${summary.discontinued}  (no longer in the source)`,
    `Composition of the ${accepted} accepted rows`,
    `  fully linked  ${share(c.linked, accepted)}`,
    `  partly linked ${share(c.partial, accepted)}`,
    `  not linked    ${share(c.unlinked, accepted)}`,
    `  none stated   ${share(c.none, accepted)}`,
    `  new names     ${summary.newIngredients}  (unverified ingredients, on the worklist)`,
    ...(rejects.length > 0 ? ['Rejected rows by reason', ...rejects] : []),
    `${summary.seconds} s, ${summary.rowsPerSecond} rows/s`,
  ];
}

/** Imports catalogue files, or without --apply tells what an import would do. */
export async function importCatalogue(
  source: string,
  files: readonly string[],
  options: ImportOptions,
): Promise<void> {
  const mapping = await loadMapping(source, options.map);
  const rejects = options.rejects === undefined ? undefined : await RejectsFile.create(options.rejects);
  const progress = new ProgressPrinter(process.stderr);
  try {
    const summary = await withServices(
      async (services) => {
        await services.get(FirstStartService).loadStarterRules();
        return services.get(ImportsService).importFile(systemContext(), {
          mapping,
          files: files.map((file) => resolve(file)),
          apply: options.apply === true,
          discontinueMany: options.discontinueMany === true,
          onProgress: progress.show,
          ...(rejects === undefined ? {} : { onReject: rejects.add }),
        });
      },
      { migrate: true },
    );
    progress.end();
    report(options.json === true, summary, summaryLines(summary));
  } finally {
    progress.end();
    await rejects?.close();
  }
}
