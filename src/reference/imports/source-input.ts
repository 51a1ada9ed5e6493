import { createHash } from 'node:crypto';
import { basename } from 'node:path';

import { contentsOf, refuseNotText } from './archives.js';
import { openFile, type Content, type OpenFile } from './file-content.js';
import { ImportRefused } from './imports.errors.js';
import { bomLength, provenEncoding, toUtf8 } from './text-decoding.js';
import type { CatalogueSource, SourceFile, SourceFileRole, SourceInput } from './source.types.js';

/** Most files of one release. */
export const MOST_FILES = 50;
/** Bytes looked at to tell what a file is. */
const START = 64 * 1024;
const LONGEST_FIRST_LINE = 4000;

/** What is to be known of a source to open its files. */
export type FilesOfSource = Pick<CatalogueSource, 'name' | 'files'>;

/** What came of a file. */
export interface FileAccount {
  index: number;
  name: string;
  role: string;
  bytes: number;
  sha256: string;
  rowsRead: number;
}

/** A file with its role, read through the checks of its encoding and counted as it passes. */
class InputFile implements SourceFile {
  readonly name: string;
  readonly size: number;
  private rows = 0;
  private bytesRead = 0;
  private sha256: string | undefined;

  constructor(
    readonly index: number,
    private readonly assigned: SourceFileRole,
    private readonly content: Content,
    private readonly onBytes: (bytes: number) => void,
  ) {
    this.name = content.name;
    this.size = content.size;
  }

  get role(): string {
    return this.assigned.role;
  }

  countRows(count = 1): void {
    this.rows += count;
  }

  get rowsRead(): number {
    return this.rows;
  }

  /** What was read; throws where the source left the file unread, whose rows would be lost in silence. */
  account(): FileAccount {
    if (this.sha256 === undefined)
      throw new Error(`the source did not read ${this.name} to its end: its rows cannot be accounted for`);
    const { index, name, role, bytesRead: bytes, sha256, rows: rowsRead } = this;
    return { index, name, role, bytes, sha256, rowsRead };
  }

  async *utf8(): AsyncGenerator<Buffer> {
    this.rows = 0;
    yield* toUtf8(this.name, this.assigned.encoding, this.counted());
  }

  async *text(): AsyncGenerator<string> {
    const decoder = new TextDecoder('utf-8', { fatal: true });
    for await (const piece of this.utf8()) yield decoder.decode(piece, { stream: true });
    const rest = decoder.decode();
    if (rest !== '') yield rest;
  }

  private async *counted(): AsyncGenerator<Buffer> {
    const isFirstTime = this.sha256 === undefined;
    const hash = createHash('sha256');
    this.bytesRead = 0;
    for await (const piece of this.content.bytes()) {
      hash.update(piece);
      this.bytesRead += piece.length;
      if (isFirstTime) this.onBytes(piece.length);
      yield piece;
    }
    this.sha256 = hash.digest('hex');
  }
}

/** The files of an import, opened, unpacked as they are read, and each told for what it is. `close` when done. */
export class OpenedInput implements SourceInput {
  readonly files: readonly InputFile[];
  /** Names of entries of archives the source has no use for. */
  readonly ignored: readonly string[];
  /** Bytes to be read; 0 where only reading tells. */
  readonly bytesTotal: number;
  bytesRead = 0;

  private constructor(
    private readonly opened: readonly OpenFile[],
    recognised: ReadonlyArray<{ content: Content; role: SourceFileRole }>,
    ignored: readonly string[],
  ) {
    this.files = recognised.map(
      ({ content, role }, index) => new InputFile(index, role, content, (bytes) => (this.bytesRead += bytes)),
    );
    this.ignored = ignored;
    this.bytesTotal = this.files.some(({ size }) => size === 0)
      ? 0
      : this.files.reduce((sum, { size }) => sum + size, 0);
  }

  of(role: string): readonly SourceFile[] {
    return this.files.filter((file) => file.role === role);
  }

  /** One hash for all: that of the only file, or one over the hashes of several. */
  sha256(): string {
    const hashes = this.files.map((file) => file.account().sha256);
    const [only, ...others] = hashes;
    if (only !== undefined && others.length === 0) return only;
    return createHash('sha256').update(hashes.join('\n')).digest('hex');
  }

  async close(): Promise<void> {
    for (const { handle } of this.opened) await handle.close();
  }

  /** Opens files for a source; throws ImportRefused where one is not usable or none of the source's. */
  static async open(source: FilesOfSource, paths: readonly string[]): Promise<OpenedInput> {
    if (paths.length === 0 || paths.length > MOST_FILES)
      throw new ImportRefused(`An import takes 1 to ${MOST_FILES} files.`);
    const opened: OpenFile[] = [];
    try {
      const recognised: Array<{ content: Content; role: SourceFileRole }> = [];
      const ignored: string[] = [];
      for (const path of paths) {
        const file = await openFile(path);
        opened.push(file);
        const contents = await contentsOf(file);
        const found = await recogniseAll(source, contents, ignored);
        if (found.length === 0) throw unrecognised(source, basename(path), contents);
        recognised.push(...found);
      }
      checkRoles(source, recognised);
      return new OpenedInput(opened, recognised, ignored);
    } catch (error) {
      for (const { handle } of opened) await handle.close();
      throw error;
    }
  }
}

async function recogniseAll(
  source: FilesOfSource,
  contents: readonly Content[],
  ignored: string[],
): Promise<Array<{ content: Content; role: SourceFileRole }>> {
  const found: Array<{ content: Content; role: SourceFileRole }> = [];
  for (const content of contents) {
    const start = await startOf(content);
    const line = firstLine(start);
    const role = source.files.find((candidate) => candidate.recognise(content.name, line));
    if (role !== undefined) {
      refuseNotText(content.name, start);
      if (content.size === 0 && start.length === 0) throw new ImportRefused(`${content.name} is empty.`);
      found.push({ content, role });
    } else {
      if (contents.length === 1) refuseNotText(content.name, start);
      ignored.push(content.name);
    }
  }
  return found;
}

function unrecognised(source: FilesOfSource, name: string, contents: readonly Content[]): ImportRefused {
  const wanted = source.files.map(({ title }) => title).join(', ');
  const held =
    contents.length === 1
      ? ''
      : ` It holds ${contents
          .slice(0, 10)
          .map((content) => content.name)
          .join(', ')}.`;
  return new ImportRefused(`${name} is none of the files of ${source.name}, which are ${wanted}.${held}`);
}

function checkRoles(
  source: FilesOfSource,
  recognised: ReadonlyArray<{ content: Content; role: SourceFileRole }>,
): void {
  for (const role of source.files) {
    const files = recognised.filter((file) => file.role === role).map(({ content }) => content.name);
    if (files.length > 1 && !role.allowsMany)
      throw new ImportRefused(`${files.join(' and ')} are both ${role.title}; one is taken.`);
    if (files.length === 0 && role.isRequired)
      throw new ImportRefused(`${role.title} is missing; ${source.name} cannot be read without it.`);
  }
}

async function startOf(content: Content): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of content.bytes()) {
    pieces.push(Buffer.from(piece));
    length += piece.length;
    if (length >= START) break;
  }
  return Buffer.concat(pieces).subarray(0, START);
}

/** First line of a text, as far as it can be told before the encoding is checked. */
function firstLine(start: Buffer): string {
  const encoding = provenEncoding(start, 'utf-8');
  const text = new TextDecoder(encoding).decode(start.subarray(bomLength(start, encoding)));
  return (/^[^\r\n]*/.exec(text)?.[0] ?? '').slice(0, LONGEST_FIRST_LINE);
}
