import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll } from 'vitest';

import { StarterRulesService } from '../../src/reference/clinical/starter-rules.service.js';
import { ApplyRepository } from '../../src/reference/imports/apply.repository.js';
import { ImportsService } from '../../src/reference/imports/imports.service.js';
import type { ImportRequest, ImportSummary } from '../../src/reference/imports/imports.types.js';
import { readMapping, type SourceMapping } from '../../src/reference/imports/mapping.domain.js';
import { StagingRepository } from '../../src/reference/imports/staging.repository.js';
import { packageRoot } from '../../src/platform/package-root.js';
import { systemContext } from '../../src/platform/security/request-context.js';
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
  readonly catalogue: ApplyRepository;
  /** Writes a file and answers its path. */
  file(content: string | Buffer, name?: string): Promise<string>;
  /** Imports data rows of the Egyptian layout (the header is added) and applies them, unless told otherwise. */
  load(rows: string, options?: Partial<ImportRequest>): Promise<ImportSummary>;
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
    bench.service = new ImportsService(db.uow, new StagingRepository(), bench.catalogue);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  bench.file = async (content, name) => {
    const path = join(folder, name ?? `file${++serial}.csv`);
    await writeFile(path, content);
    return path;
  };
  bench.load = async (rows, options = {}) =>
    bench.service.importFile(systemContext(), {
      mapping: options.mapping ?? (await anEgyptMapping()),
      files: options.files ?? [await bench.file(HEADER + rows)],
      apply: options.apply ?? true,
      ...options,
    });
  return bench;
}
