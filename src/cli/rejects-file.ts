import { createWriteStream, type WriteStream } from 'node:fs';
import { once } from 'node:events';

import type { RejectedRow } from '../reference/imports/imports.types.js';

const COLUMNS = 'file,line,column,reason,value\n';

/** A CSV cell that a spreadsheet shows as text: one that would start a formula gets a leading apostrophe. */
export function csvCell(value: string | number): string {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Writes refused rows to a CSV file as they are met. */
export class RejectsFile {
  private failure: Error | undefined;

  private constructor(
    private readonly stream: WriteStream,
    path: string,
  ) {
    stream.on('error', (error) => {
      this.failure = new Error(`The rejects cannot be written to ${path}: ${error.message}`);
    });
  }

  /** Makes the file, or empties it; throws when that is not possible. */
  static async create(path: string): Promise<RejectsFile> {
    const stream = createWriteStream(path, { encoding: 'utf8' });
    const file = new RejectsFile(stream, path);
    await Promise.race([once(stream, 'open'), once(stream, 'close')]).catch(() => undefined); // told by `failure`
    if (file.failure) throw file.failure;
    stream.write(COLUMNS);
    return file;
  }

  readonly add = ({ file, line, column, reason, value }: RejectedRow): void => {
    this.stream.write(`${[file, line, column ?? '', reason, value].map(csvCell).join(',')}\n`);
  };

  /** Finishes the file; throws when something could not be written. */
  async close(): Promise<void> {
    if (!this.stream.destroyed) {
      this.stream.end();
      await once(this.stream, 'close').catch(() => undefined); // told by `failure`
    }
    if (this.failure) throw this.failure;
  }
}
