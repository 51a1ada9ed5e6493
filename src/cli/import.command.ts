import { resolve } from 'node:path';

import { FirstStartService } from '../operational/sample/first-start.service.js';
import { systemContext } from '../platform/security/request-context.js';
import { ImportsService } from '../reference/imports/imports.service.js';
import { RuleImportsService } from '../reference/imports/rules/rule-imports.service.js';
import { ReleasesService } from '../reference/imports/releases.service.js';
import { SourceRegistry } from '../reference/imports/source-registry.js';
import { withServices } from './context.js';
import { report } from './report.js';
import { importFhir } from './import-fhir.js';
import { ProgressPrinter } from './import-progress.js';
import { readMappingFile, writeRejects, type ImportOptions } from './import-files.js';
import { releaseLines, releaseListLines, revertLines, summaryLines } from './import-report.js';
import { actOnRules, importRules, RULES } from './import-rules.command.js';
import { RejectsFile } from './rejects-file.js';

/** Words after `import` that act on releases; no source bears such a name. */
const ACTIONS = ['list', 'show', 'apply', 'revert', 'drop'] as const;
type Action = (typeof ACTIONS)[number];

const isAction = (word: string): word is Action => ACTIONS.some((action) => action === word);

function releaseIdOf(words: readonly string[], action: Action): number {
  const [word = '', ...more] = words;
  const id = Number(word);
  if (more.length > 0 || !Number.isSafeInteger(id) || id < 1)
    throw new Error(`import ${action} takes the number of a release: see import list.`);
  return id;
}

/**
 * Imports catalogue files: without --apply they are read and compared, and the release waits to be applied. With one of
 * the words list, show, apply, revert and drop in place of a source it acts on releases, and with `rules` it imports a file
 * of clinical rules.
 */
export async function importCatalogue(
  source: string,
  words: readonly string[],
  options: ImportOptions,
): Promise<void> {
  if (isAction(source)) return actOnRelease(source, words, options);
  if (source === 'fhir') return importFhir(words, options);
  if (source === RULES) return importRules(words, options);
  refuseRuleOptions(options);
  if (words.length === 0) throw new Error('Name the files of the source.');
  const mapping = options.map === undefined ? undefined : await readMappingFile(options.map);
  const found = await new SourceRegistry().find(source, mapping);
  const rejects = options.rejects === undefined ? undefined : await RejectsFile.create(options.rejects);
  const progress = new ProgressPrinter(process.stderr);
  try {
    await withServices(
      async (services) => {
        await services.get(FirstStartService).loadStarterRules();
        let releaseId = 0;
        try {
          const summary = await services.get(ImportsService).importFiles(systemContext(), {
            source: found,
            files: words.map((file) => resolve(file)),
            apply: options.apply === true,
            discontinueMany: options.discontinueMany === true,
            onProgress: progress.show,
            onRelease: (id) => (releaseId = id),
          });
          progress.end();
          report(options.json === true, summary, summaryLines(summary));
        } finally {
          if (rejects !== undefined && releaseId > 0)
            await writeRejects(rejects, (paging) =>
              services.get(ReleasesService).rejects(systemContext(), releaseId, paging),
            );
        }
      },
      { migrate: true },
    );
  } finally {
    progress.end();
    await rejects?.close();
  }
}

/** What only rules have is not passed over in silence. */
function refuseRuleOptions({ kind, source, dryRun }: ImportOptions): void {
  if (kind !== undefined || source !== undefined || dryRun === true)
    throw new Error('--kind, --source and --dry-run are for files of rules: import rules <file>.');
}

async function actOnRelease(action: Action, words: readonly string[], options: ImportOptions): Promise<void> {
  const json = options.json === true;
  const ctx = systemContext();
  const progress = new ProgressPrinter(process.stderr);
  const onProgress = progress.show;
  try {
    await withServices(
      async (services) => {
        const imports = services.get(ImportsService);
        const releases = services.get(ReleasesService);
        if (action === 'list' && words[0] === RULES) {
          const page = await services.get(RuleImportsService).findPage(ctx, { page: 1, limit: 100 });
          report(json, page.data, releaseListLines(page.data));
          return;
        }
        if (action === 'list') {
          const page = await releases.findPage(ctx, {
            page: 1,
            limit: 100,
            ...(words[0] ? { source: words[0] } : {}),
          });
          report(json, page.data, releaseListLines(page.data));
          return;
        }
        const id = releaseIdOf(words, action);
        if (await releases.isOfRules(ctx, id)) {
          await actOnRules(services, action, id, { ...options, onProgress });
          return;
        }
        switch (action) {
          case 'show': {
            const shown = await releases.report(ctx, id);
            report(json, shown, releaseLines(shown));
            return;
          }
          case 'apply': {
            const discontinueMany = options.discontinueMany === true;
            const summary = await imports.apply(ctx, id, { discontinueMany, onProgress });
            progress.end();
            report(json, summary, summaryLines(summary));
            return;
          }
          case 'revert': {
            const outcome = await imports.revert(ctx, id, { force: options.force === true, onProgress });
            progress.end();
            report(json, outcome, revertLines(id, outcome));
            return;
          }
          case 'drop':
            await imports.drop(ctx, id);
            report(json, { releaseId: id, status: 'dropped' }, [
              `Release ${id} is dropped; nothing was changed.`,
            ]);
        }
      },
      { migrate: true },
    );
  } finally {
    progress.end();
  }
}
