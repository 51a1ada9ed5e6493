import { resolve } from 'node:path';

import type { INestApplicationContext } from '@nestjs/common';

import { FirstStartService } from '../operational/sample/first-start.service.js';
import { systemContext } from '../platform/security/request-context.js';
import type { RuleRevertOutcome } from '../reference/clinical/rule-sets/rule-sets.types.js';
import type { ImportProgress, RuleReleaseReport } from '../reference/imports/imports.types.js';
import { ruleMappingFor } from '../reference/imports/rules/rule-file.js';
import { RuleImportsService } from '../reference/imports/rules/rule-imports.service.js';
import { withServices } from './context.js';
import { report } from './report.js';
import { readMappingFile, writeRejects, type ImportOptions } from './import-files.js';
import { ProgressPrinter } from './import-progress.js';
import { fileLines, rejectLines } from './import-report.js';
import { RejectsFile } from './rejects-file.js';

/** Word after `import` that means clinical rules; no source of products bears it. */
export const RULES = 'rules';

/**
 * Imports a file of clinical rules: without --apply it is read and compared, and the release waits to be applied; with
 * --dry-run nothing waits.
 */
export async function importRules(words: readonly string[], options: ImportOptions): Promise<void> {
  const [file] = words;
  if (file === undefined || words.length > 1) throw new Error('Name one file of rules.');
  if (options.apply === true && options.dryRun === true)
    throw new Error('--apply and --dry-run exclude each other.');
  const given = options.map === undefined ? undefined : await readMappingFile(options.map);
  const rejects = options.rejects === undefined ? undefined : await RejectsFile.create(options.rejects);
  const progress = new ProgressPrinter(process.stderr);
  try {
    await withServices(
      async (services) => {
        await services.get(FirstStartService).loadStarterRules();
        const imports = services.get(RuleImportsService);
        const path = resolve(file);
        const mapping = ruleMappingFor(path, given, { source: options.source, kind: options.kind });
        let releaseId = 0;
        try {
          const isDry = options.dryRun === true;
          const release = await imports.importFile(systemContext(), {
            mapping,
            file: path,
            apply: options.apply === true,
            discontinueMany: options.discontinueMany === true,
            onProgress: progress.show,
            onRelease: (id) => (releaseId = id),
          });
          progress.end();
          if (isDry) await imports.drop(systemContext(), release.releaseId);
          const told = isDry ? { ...release, status: 'dropped' as const } : release;
          report(options.json === true, told, ruleReleaseLines(told, isDry));
        } finally {
          if (rejects !== undefined && releaseId > 0)
            await writeRejects(rejects, (paging) => imports.rejects(systemContext(), releaseId, paging));
        }
      },
      { migrate: true },
    );
  } finally {
    progress.end();
    await rejects?.close();
  }
}

/** Shows, applies, takes back or drops a release of rules. */
export async function actOnRules(
  services: INestApplicationContext,
  action: 'list' | 'show' | 'apply' | 'revert' | 'drop',
  releaseId: number,
  options: ImportOptions & { readonly onProgress: (progress: ImportProgress) => void },
): Promise<void> {
  const imports = services.get(RuleImportsService);
  const ctx = systemContext();
  const json = options.json === true;
  switch (action) {
    case 'list':
    case 'show': {
      const release = await imports.report(ctx, releaseId);
      report(json, release, ruleReleaseLines(release));
      return;
    }
    case 'apply': {
      const { onProgress } = options;
      const discontinueMany = options.discontinueMany === true;
      const release = await imports.apply(ctx, releaseId, { discontinueMany, onProgress });
      report(json, release, ruleReleaseLines(release));
      return;
    }
    case 'revert': {
      const outcome = await imports.revert(ctx, releaseId, { force: options.force === true });
      report(json, outcome, ruleRevertLines(releaseId, outcome));
      return;
    }
    case 'drop':
      await imports.drop(ctx, releaseId);
      report(json, { releaseId, status: 'dropped' }, [
        `Release ${releaseId} is dropped; nothing was changed.`,
      ]);
  }
}

const headline = (release: RuleReleaseReport, isDry: boolean): string => {
  const what = `${release.ruleKind} of ${release.source}`;
  if (isDry) return `Read ${what}; this is what an import would do. Nothing was changed, nothing waits.`;
  return release.status === 'staged'
    ? `Read ${what} as release ${release.releaseId}; this is what an import would do. Nothing was changed; repeat with --apply, or: import apply ${release.releaseId}`
    : `Release ${release.releaseId}, ${what}: ${release.status}`;
};

/** A release of rules as people read it. */
export function ruleReleaseLines(release: RuleReleaseReport, isDry = false): string[] {
  const { summary } = release;
  const severities = Object.entries(summary.severities);
  return [
    headline(release, isDry),
    ...(release.failure === null ? [] : [`  ${release.failure}`]),
    `  read       ${release.rowsRead}`,
    `  new        ${release.rowsInserted}`,
    `  changed    ${release.rowsUpdated}`,
    `  unchanged  ${release.rowsUnchanged}`,
    `  closed     ${release.rowsDiscontinued}  (no longer in the file)`,
    `  repeated   ${summary.repeated}  (said once more the other way round, or by another name)`,
    `  rejected   ${release.rowsRejected}`,
    ...fileLines(release.files),
    ...(severities.length === 0 ? [] : ['Changes by gravity']),
    ...severities.map(([what, count]) => `  ${what.padEnd(24)}${count}`),
    ...(summary.revert === undefined ? [] : ruleRevertLines(release.releaseId, summary.revert)),
    ...rejectLines(release.rejects),
  ];
}

/** What came of taking a release of rules back. */
export function ruleRevertLines(releaseId: number, outcome: RuleRevertOutcome): string[] {
  return [
    `Release ${releaseId} is taken back.`,
    `  in force again  ${outcome.restored}`,
    `  ended           ${outcome.ended}`,
    `  kept            ${outcome.kept}  (changed since${outcome.kept === 0 ? '' : `: ${outcome.keptCodes.slice(0, 20).join(', ')}`})`,
  ];
}
