import { encodeCopyRow, storableText } from './copy-text.domain.js';
import type { FileAccount } from './source-input.js';
import type { RowRef } from './source.types.js';
import type { StagedFile } from './staged-release.types.js';

/** Why a row, or one column of it, is refused. */
export interface Reason {
  column: string | null;
  reason: string;
  value: string;
}

/** A record with the rows it is made of. */
export interface RecordRows extends RowRef {
  rows?: readonly RowRef[];
  sourceId: string;
}

/** The account of every file: each row read ends up as part of the release or refused, and none twice. */
export class RowLedger {
  private readonly applied: number[] = [];
  private readonly rejected: number[] = [];

  constructor(
    private readonly releaseId: number,
    private readonly fileNames: readonly string[],
    private readonly push: (rejectRow: string) => void,
  ) {}

  /** "line 7", with the file where there are several. */
  where({ file, line }: RowRef): string {
    return this.fileNames.length > 1 ? `line ${line} of ${this.fileNames[file] ?? ''}` : `line ${line}`;
  }

  /** Counts a record's rows as part of the release; `spoilt` ones are refused already. */
  take(record: RecordRows, spoilt: readonly RowRef[] = []): void {
    add(this.applied, record.file);
    if (record.rows === undefined) return;
    const refused = new Set(spoilt.map(({ file, line }) => `${file} ${line}`));
    for (const row of record.rows) if (!refused.has(`${row.file} ${row.line}`)) add(this.applied, row.file);
  }

  /** Refuses a record with all its rows. */
  refuse(record: RecordRows, reasons: readonly Reason[], sourceId?: string): void {
    this.reject(record, reasons, sourceId);
    const reason = `belongs to line ${record.line} of ${this.fileNames[record.file] ?? ''}, which is refused`;
    for (const row of record.rows ?? []) this.reject(row, [{ column: null, reason, value: record.sourceId }]);
  }

  /** Refuses one row. */
  reject(row: RowRef, reasons: readonly Reason[], sourceId?: string): void {
    add(this.rejected, row.file);
    for (const { column, reason, value } of reasons)
      this.push(
        encodeCopyRow([
          this.releaseId,
          row.file,
          row.line,
          column,
          storableText(reason),
          storableText(value.slice(0, 500)),
          sourceId === undefined ? null : storableText(sourceId.slice(0, 500)),
        ]),
      );
  }

  /** Closes the account of a file; throws where rows were lost, which would be a fault of the source's reader. */
  close(account: FileAccount): StagedFile {
    const applied = this.applied[account.index] ?? 0;
    const rejected = this.rejected[account.index] ?? 0;
    if (account.rowsRead !== applied + rejected)
      throw new Error(
        `${account.name}: ${account.rowsRead} rows were read, but ${applied} became part of the release and ${rejected} were refused`,
      );
    return { ...account, rowsRejected: rejected };
  }
}

function add(counts: number[], file: number): void {
  counts[file] = (counts[file] ?? 0) + 1;
}
