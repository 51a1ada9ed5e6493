import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

import type { Page } from '../platform/http/schemas.js';
import type { RejectedRow } from '../reference/imports/imports.types.js';
import type { RejectsFile } from './rejects-file.js';

/** Options of `import`. */
export interface ImportOptions {
  apply?: boolean;
  discontinueMany?: boolean;
  map?: string;
  rejects?: string;
  json?: boolean;
  force?: boolean;
  /** Of rules: which kind, of which source; compare and keep nothing. */
  kind?: string;
  source?: string;
  dryRun?: boolean;
  /** Of FHIR: the branch that keeps the patients; where the report of each bundle goes. */
  branch?: string;
  report?: string;
}

/** Rejects read from the database at a time. */
const PAGE = 100;

/** A mapping file, parsed; throws where it cannot be read or is no JSON. */
export async function readMappingFile(path: string): Promise<unknown> {
  const text = await readFile(resolve(path), 'utf8').catch((error: Error) => {
    throw new Error(`The mapping cannot be read: ${error.message}`);
  });
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new Error(`The mapping ${path} is not JSON: ${error instanceof Error ? error.message : ''}`, {
      cause: error,
    });
  }
}

/** Writes every refused row of a release to a file. */
export async function writeRejects(
  file: RejectsFile,
  read: (paging: { page: number; limit: number }) => Promise<Page<RejectedRow>>,
): Promise<void> {
  for (let page = 1; ; page++) {
    const { data } = await read({ page, limit: PAGE });
    for (const reject of data) file.add(reject);
    if (data.length < PAGE) return;
  }
}
