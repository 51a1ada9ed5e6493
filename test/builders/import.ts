import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll } from 'vitest';

import { StarterRulesService } from '../../src/reference/clinical/starter-rules.service.js';
import { PatientsOnDrugsRepository } from '../../src/operational/patients/patients-on-drugs.repository.js';
import { PatientsOnDrugsService } from '../../src/operational/patients/patients-on-drugs.service.js';
import { HubLinksRepository } from '../../src/reference/hub/hub-links.repository.js';
import { HubLinksService } from '../../src/reference/hub/hub-links.service.js';
import { ApplyRepository } from '../../src/reference/imports/apply.repository.js';
import { CatalogueTidyService } from '../../src/reference/imports/catalogue-tidy.service.js';
import { ClinicalImpactService } from '../../src/reference/imports/clinical-impact.service.js';
import { ImportWork } from '../../src/reference/imports/import-work.service.js';
import { ImportsService } from '../../src/reference/imports/imports.service.js';
import type { ImportRequest, ImportSummary } from '../../src/reference/imports/imports.types.js';
import { readMapping, type SourceMapping } from '../../src/reference/imports/mapping.domain.js';
import { ReleaseRunner } from '../../src/reference/imports/release-runner.service.js';
import { ReleasesRepository } from '../../src/reference/imports/releases.repository.js';
import { ReleasesService } from '../../src/reference/imports/releases.service.js';
import { csvSource } from '../../src/reference/imports/sources/csv.js';
import { StagingRepository } from '../../src/reference/imports/staging.repository.js';
import { packageRoot } from '../../src/platform/package-root.js';
import { systemContext } from '../../src/platform/security/request-context.js';
import { aClinicalService } from './clinical.js';
import { useTestDatabase, type TestDatabase } from '../support/db.js';

const HEADER =
  'commercial_name_en,commercial_name_ar,scientific_name,manufacturer,drug_class,route,price_egp\n';

/** The mapping shipped for Egypt, with settings of its file replaced. */
export async function anEgyptMapping(changes: Record<string, unknown> = {}): Promise<SourceMapping> {
  const text = await readFile(join(packageRoot(), 'db', 'mappings', 'egypt.json'), 'utf8');
  const result = readMapping({ ...(JSON.parse(text) as Record<string, unknown>), ...changes });
  if (!('ok' in result)) throw new Error(result.problems.join('; '));
  return result.ok;
}

/** An import service on a database of this file's own with the starter ingredients, and a folder for its files. */
export interface ImportBench {
  readonly db: TestDatabase;
  readonly service: ImportsService;
  readonly releases: ReleasesService;
  readonly catalogue: ApplyRepository;
  /** Writes a file and answers its path. */
  file(content: string | Buffer, name?: string): Promise<string>;
  /** Imports data rows of the Egyptian layout (the header is added) and applies them, unless told otherwise. */
  load(rows: string, options?: Partial<ImportRequest>): Promise<ImportSummary>;
  /** One hash over everything a release may write; equal hashes mean the same rows. */
  hash(): Promise<string>;
}

export function useImports(): ImportBench {
  const db = useTestDatabase();
  let folder = '';
  let serial = 0;
  const bench = { db } as { -readonly [K in keyof ImportBench]: ImportBench[K] };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'meditory-import-'));
    await new StarterRulesService(db.uow).load();
    bench.catalogue = new ApplyRepository();
    const staging = new StagingRepository();
    const repository = new ReleasesRepository();
    const patients = new PatientsOnDrugsService(db.uow, new PatientsOnDrugsRepository());
    const clinical = aClinicalService(db);
    bench.releases = new ReleasesService(
      db.uow,
      repository,
      staging,
      new HubLinksService(db.uow, new HubLinksRepository()),
    );
    const impacts = new ClinicalImpactService(db.uow, repository, clinical, patients);
    const runner = new ReleaseRunner(
      db.uow,
      staging,
      bench.catalogue,
      bench.releases,
      impacts,
      new CatalogueTidyService(db.uow, staging, bench.catalogue),
    );
    const work = new ImportWork(db.uow, staging);
    bench.service = new ImportsService(db.uow, staging, bench.releases, runner, work);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  bench.file = async (content, name) => {
    const path = join(folder, name ?? `file${++serial}.csv`);
    await writeFile(path, content);
    return path;
  };
  bench.load = async (rows, options = {}) =>
    bench.service.importFiles(systemContext(), {
      source: options.source ?? csvSource(await anEgyptMapping()),
      files: options.files ?? [await bench.file(HEADER + rows)],
      apply: options.apply ?? true,
      ...options,
    });
  bench.hash = async () => {
    const { rows } = await db.owner.query<{ hash: string }>('select reference.catalogue_hash() as hash');
    return rows[0]?.hash ?? '';
  };
  return bench;
}
