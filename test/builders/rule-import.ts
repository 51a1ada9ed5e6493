import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll } from 'vitest';

import { AlertsRepository } from '../../src/operational/screening/alerts.repository.js';
import { PastScreeningsService } from '../../src/operational/screening/past-screenings.service.js';
import { systemContext } from '../../src/platform/security/request-context.js';
import { RuleSetsRepository } from '../../src/reference/clinical/rule-sets/rule-sets.repository.js';
import { RuleSetsService } from '../../src/reference/clinical/rule-sets/rule-sets.service.js';
import { RulebookRepository } from '../../src/reference/clinical/rulebook/rulebook.repository.js';
import { RulePreviewService } from '../../src/reference/clinical/rules/rule-preview.service.js';
import { VersionedRulesRepository } from '../../src/reference/clinical/rules/versioned-rules.repository.js';
import { StarterRulesService } from '../../src/reference/clinical/starter-rules.service.js';
import { ApplyRepository } from '../../src/reference/imports/apply.repository.js';
import { ImportWork } from '../../src/reference/imports/import-work.service.js';
import type { RuleReleaseReport } from '../../src/reference/imports/imports.types.js';
import { ReleasesRepository } from '../../src/reference/imports/releases.repository.js';
import { ReleasesService } from '../../src/reference/imports/releases.service.js';
import { ruleMappingFor } from '../../src/reference/imports/rules/rule-file.js';
import { RuleImportsService } from '../../src/reference/imports/rules/rule-imports.service.js';
import { RuleStager } from '../../src/reference/imports/rules/rule-stager.service.js';
import { RuleSubjectsRepository } from '../../src/reference/imports/rules/rule-subjects.repository.js';
import { StagingRepository } from '../../src/reference/imports/staging.repository.js';
import { aClinicalService } from './clinical.js';
import { useTestDatabase, type TestDatabase } from '../support/db.js';

/** What a load of rules may be told besides its rows. */
export interface RuleLoad {
  readonly source?: string;
  readonly kind?: string;
  readonly mapping?: unknown;
  readonly apply?: boolean;
  readonly discontinueMany?: boolean;
  /** Name of the file: its ending tells the format. */
  readonly name?: string;
}

/** Imports of rules on a database of this file's own with the starter rules, and a folder for its files. */
export interface RuleImportBench {
  readonly db: TestDatabase;
  readonly service: RuleImportsService;
  readonly sets: RuleSetsRepository;
  readonly releases: ReleasesService;
  /** Writes a file and answers its path. */
  file(content: string | Buffer, name?: string): Promise<string>;
  /** Imports a text as a file of the set "list" and applies it, unless told otherwise. */
  load(content: string, options?: RuleLoad): Promise<RuleReleaseReport>;
  /** Hash of everything the rules in force say. */
  hash(): Promise<string>;
}

export function useRuleImports(): RuleImportBench {
  const db = useTestDatabase();
  let folder = '';
  let serial = 0;
  const bench = { db } as { -readonly [K in keyof RuleImportBench]: RuleImportBench[K] };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'meditory-rule-import-'));
    await new StarterRulesService(db.uow).load();
    const staging = new StagingRepository();
    const rulebook = new RulebookRepository();
    const previews = new RulePreviewService(
      db.uow,
      new VersionedRulesRepository(),
      aClinicalService(db),
      rulebook,
      new PastScreeningsService(db.uow, new AlertsRepository()),
    );
    bench.sets = new RuleSetsRepository();
    bench.releases = new ReleasesService(db.uow, new ReleasesRepository(), staging);
    const sets = new RuleSetsService(db.uow, bench.sets, rulebook, previews);
    bench.service = new RuleImportsService(
      db.uow,
      staging,
      new ApplyRepository(),
      bench.releases,
      new RuleStager(staging, new RuleSubjectsRepository(), sets),
      sets,
      new ImportWork(db.uow, staging),
    );
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  bench.file = async (content, name) => {
    const path = join(folder, name ?? `rules${++serial}.csv`);
    await writeFile(path, content);
    return path;
  };
  bench.load = async (content, options = {}) => {
    const file = await bench.file(content, options.name);
    const mapping = ruleMappingFor(file, options.mapping, {
      source: options.source ?? (options.mapping === undefined ? 'list' : undefined),
      kind: options.kind,
    });
    return bench.service.importFile(systemContext(), {
      mapping,
      file,
      apply: options.apply ?? true,
      discontinueMany: options.discontinueMany === true,
    });
  };
  bench.hash = async () => {
    const { rows } = await db.owner.query<{ hash: string }>('select reference.rules_hash() as hash');
    return rows[0]?.hash ?? '';
  };
  return bench;
}
