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
import { HubLinksRepository } from '../../src/reference/hub/hub-links.repository.js';
import { HubLinksService } from '../../src/reference/hub/hub-links.service.js';
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

/** An interaction rule in force, by the names of its sides. */
export interface RuleInForce {
  readonly code: string;
  readonly version: number;
  readonly severity: string;
  readonly a: string;
  readonly b: string;
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
  /** Interaction rules in force of a set. */
  inForce(set?: string): Promise<RuleInForce[]>;
  /** Rows of a table and condition, written as SQL by the test. */
  count(from: string): Promise<number>;
  ingredientId(name: string): Promise<number>;
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
    bench.releases = new ReleasesService(
      db.uow,
      new ReleasesRepository(),
      staging,
      new HubLinksService(db.uow, new HubLinksRepository()),
    );
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
  bench.inForce = async (set = 'list') => {
    const { rows } = await db.owner.query<RuleInForce>(
      `select code, version, severity, reference.rule_subject_name(drug_a_id, ingredient_a_id, group_a_id) as a,
         reference.rule_subject_name(drug_b_id, ingredient_b_id, group_b_id) as b
       from reference.drug_interactions where rule_set = $1 and valid_to is null order by severity, code`,
      [set],
    );
    return rows;
  };
  bench.count = async (from) =>
    (await db.owner.query<{ n: number }>(`select count(*)::int as n from ${from}`)).rows[0]?.n ?? -1;
  bench.ingredientId = async (name) => {
    const { rows } = await db.owner.query<{ id: number }>(
      'select ingredient_id as id from reference.ingredients where name = $1',
      [name],
    );
    return rows[0]?.id ?? 0;
  };
  return bench;
}
