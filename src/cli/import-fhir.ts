import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { BundleImportService } from '../operational/fhir/bundle-import/bundle-import.service.js';
import { FirstStartService } from '../operational/sample/first-start.service.js';
import { toDomainError } from '../platform/errors/database-errors.js';
import { withServices } from './context.js';
import { report } from './report.js';
import { fhirCsv, fhirLines, fhirSummary, refusedBundle, type BundleOutcome } from './fhir-report.js';

/** A bundle beyond this is no person's life. */
const MOST_BYTES = 256 * 1024 * 1024;
const MOST_FILES = 100_000;
const DEEPEST = 20;
const TELL_EVERY_MS = 1000;

/** JSON files of a folder and the folders in it, by name. */
async function jsonFiles(path: string, depth = 0): Promise<string[]> {
  const found = await stat(path).catch((error: Error) => {
    throw new Error(`${path} cannot be read: ${error.message}`);
  });
  if (!found.isDirectory()) return [path];
  if (depth > DEEPEST) throw new Error(`${path} is nested more than ${DEEPEST} folders deep.`);
  const names = (await readdir(path, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1));
  const files: string[] = [];
  for (const entry of names)
    if (entry.isDirectory()) files.push(...(await jsonFiles(join(path, entry.name), depth + 1)));
    else if (/\.json$/i.test(entry.name)) files.push(join(path, entry.name));
  return files;
}

/** The content of a file; a reason where there is none to import. */
async function readJson(path: string): Promise<{ content: unknown } | { reason: string }> {
  try {
    const { size } = await stat(path);
    if (size > MOST_BYTES) return { reason: `the file is larger than ${MOST_BYTES / 1024 / 1024} MiB` };
    const bytes = await readFile(path);
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { content: JSON.parse(text) as unknown };
  } catch (error) {
    return {
      reason: `the file cannot be read as JSON: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

async function importOne(
  bundles: BundleImportService,
  ctx: Parameters<BundleImportService['import']>[0],
  path: string,
): Promise<BundleOutcome> {
  const read = await readJson(path);
  if ('reason' in read) return refusedBundle(path, read.reason);
  try {
    return { ...(await bundles.import(ctx, read.content, path)).report, isFailure: false };
  } catch (error) {
    const refusal = toDomainError(error);
    if (refusal === undefined) {
      const message = error instanceof Error ? error.message : String(error);
      return {
        ...refusedBundle(path, `the program failed, and nothing was changed: ${message}`),
        isFailure: true,
      };
    }
    const where = refusal.errors.map(({ pointer, detail }) => `${pointer} (${detail})`).join(', ');
    return refusedBundle(path, where === '' ? refusal.message : `${refusal.message} ${where}`);
  }
}

/**
 * Imports FHIR bundles from files and folders, each in a transaction of its own. A bundle that is refused does not stop the
 * next. Exits with 1 where none could be imported, or the program failed at one.
 */
export async function importFhir(
  words: readonly string[],
  options: { readonly branch?: string; readonly report?: string; readonly json?: boolean },
): Promise<void> {
  if (words.length === 0) throw new Error('Name the FHIR bundles: files or folders.');
  const files: string[] = [];
  for (const word of words) files.push(...(await jsonFiles(resolve(word))));
  if (files.length === 0) throw new Error('There is no JSON file in what was named.');
  if (files.length > MOST_FILES)
    throw new Error(`There are more than ${MOST_FILES} files in what was named.`);
  await withServices(
    async (services) => {
      const firstStart = services.get(FirstStartService);
      await firstStart.loadStarterRules();
      await firstStart.ensureBranch();
      const bundles = services.get(BundleImportService);
      const { ctx, branch } = await bundles.contextAt(options.branch);
      const outcomes: BundleOutcome[] = [];
      const from = Date.now();
      let told = from;
      for (const file of files) {
        outcomes.push(await importOne(bundles, ctx, file));
        const now = Date.now();
        if (now - told < TELL_EVERY_MS) continue;
        told = now;
        const left = Math.ceil((((now - from) / outcomes.length) * (files.length - outcomes.length)) / 1000);
        process.stderr.write(`${outcomes.length} of ${files.length} bundles, ${left} s left\n`);
      }
      if (options.report !== undefined) await writeFile(options.report, fhirCsv(outcomes), 'utf8');
      const summary = fhirSummary(branch, outcomes, (Date.now() - from) / 1000);
      report(options.json === true, summary, fhirLines(summary));
      if (summary.failed > 0 || summary.refused === summary.bundles) process.exitCode = 1;
    },
    { migrate: true },
  );
}
