import { text as textOf } from 'node:stream/consumers';

import { ImportRefused } from '../imports.errors.js';
import { toUtf8 } from '../text-decoding.js';
import type {
  CatalogueSource,
  RowRef,
  SourceFile,
  SourceIngredient,
  SourceInput,
  SourceProduct,
  SourceReject,
} from '../source.types.js';

/** What a source made of its files. */
export interface SourceReading {
  products: SourceProduct[];
  ingredients: SourceIngredient[];
  rejects: SourceReject[];
  /** "file, line N: column: reason" of every reject, in the order told. */
  reasons: string[];
  /** File name → data rows read. */
  read: Record<string, number>;
  /** File name → rows in a product or ingredient. */
  applied: Record<string, number>;
  /** File name → rows refused. */
  refused: Record<string, number>;
}

/** Counts every row once; throws where a row is told twice. */
class Account {
  private readonly seen = new Set<string>();

  constructor(private readonly files: readonly SourceFile[]) {}

  add(into: Record<string, number>, { file, line }: RowRef): void {
    const name = this.files[file]?.name ?? '';
    const key = `${name}, line ${line}`;
    if (this.seen.has(key)) throw new Error(`${key} is in two records`);
    this.seen.add(key);
    into[name] = (into[name] ?? 0) + 1;
  }
}

/** Files in memory as the pipeline hands them over, decoded by the encoding of their role. */
function openFiles(source: CatalogueSource, contents: Readonly<Record<string, string | Buffer>>) {
  const read: Record<string, number> = {};
  const files = Object.entries(contents).map(([name, content], index): SourceFile => {
    const bytes = Buffer.from(content as string);
    const start = /^[^\r\n]*/.exec(bytes.toString('utf8').replace(/^\ufeff/, ''))?.[0] ?? '';
    const role = source.files.find((candidate) => candidate.recognise(name, start.slice(0, 4000)));
    if (role === undefined) throw new ImportRefused(`${name} is none of the files of ${source.name}`);
    const utf8 = (): AsyncGenerator<Buffer> => {
      read[name] = 0;
      return toUtf8(name, role.encoding, pieces(bytes));
    };
    return {
      index,
      name,
      role: role.role,
      size: bytes.length,
      utf8,
      text: async function* () {
        yield await textOf(utf8());
      },
      countRows: (count = 1) => {
        read[name] = (read[name] ?? 0) + count;
      },
    };
  });
  const input: SourceInput = { files, of: (role) => files.filter((file) => file.role === role) };
  return { files, input, read };
}

/** Small pieces, so that rows and characters are cut in the middle. */
async function* pieces(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 100) yield bytes.subarray(at, at + 100);
}

/**
 * Reads files in memory by a source and checks the account the pipeline demands: every row read is in one record, and
 * in one only.
 */
export async function readSource(
  source: CatalogueSource,
  contents: Readonly<Record<string, string | Buffer>>,
): Promise<SourceReading> {
  const { files, input, read } = openFiles(source, contents);
  const account = new Account(files);
  const reading: SourceReading = {
    products: [],
    ingredients: [],
    rejects: [],
    reasons: [],
    read,
    applied: {},
    refused: {},
  };
  for await (const batch of source.read(input)) {
    for (const record of 'kind' in batch ? [batch] : batch) {
      account.add(record.kind === 'reject' ? reading.refused : reading.applied, record);
      if (record.kind === 'reject') {
        reading.rejects.push(record);
        const where = `${files[record.file]?.name ?? ''}, line ${record.line}`;
        for (const { column, reason } of record.reasons)
          reading.reasons.push(`${where}: ${column === null ? '' : `${column}: `}${reason}`);
        continue;
      }
      for (const row of record.rows ?? []) account.add(reading.applied, row);
      if (record.kind === 'product') reading.products.push(record);
      else reading.ingredients.push(record);
    }
  }
  for (const { name } of files) {
    const counted = (reading.applied[name] ?? 0) + (reading.refused[name] ?? 0);
    if (counted !== read[name])
      throw new Error(`${name}: ${read[name] ?? 0} rows read, ${counted} accounted for`);
  }
  return reading;
}
