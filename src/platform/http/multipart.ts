import type { Readable } from 'node:stream';

import { ContentTooLarge, DomainError, InvalidRequest } from '../errors/domain-error.js';

/** A request with a multipart body. */
export interface MultipartRequest {
  isMultipart(): boolean;
  parts(options: { limits: Record<string, number> }): AsyncIterableIterator<unknown>;
}

/** One part, as @fastify/multipart hands it out. */
type Part = { type: 'file'; file: Readable & { truncated?: boolean } } | { type: 'field' };

/**
 * Reads the one file of a request into memory. What it is called and said to be is not looked at. Nothing beyond `maxBytes` is kept:
 * reading ends there. Throws InvalidRequest where it is no form with one file, or is cut off; ContentTooLarge.
 */
export async function receiveFile(request: MultipartRequest, maxBytes: number): Promise<Buffer> {
  if (!request.isMultipart()) throw new InvalidRequest('The file is sent as multipart/form-data.');
  const files: Buffer[] = [];
  try {
    // One more than is taken: a second file is told from a form that is cut off.
    const limits = { files: 1, fields: 1, parts: 2, fieldSize: 1024, fileSize: maxBytes, headerPairs: 50 };
    for await (const part of request.parts({ limits }) as AsyncIterable<Part>) {
      if (part.type === 'field') throw new InvalidRequest('The form has one file and nothing else.');
      files.push(await read(part.file, maxBytes));
      if (part.file.truncated === true) throw new ContentTooLarge(maxBytes);
    }
  } catch (error) {
    throw refusalOf(error);
  }
  const [file] = files;
  if (!file || files.length > 1) throw new InvalidRequest('The form has one file and nothing else.');
  return file;
}

async function read(file: Readable, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of file as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new ContentTooLarge(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** What the parser says carries a status where a limit was passed; otherwise the body is not the form it says it is. */
function refusalOf(error: unknown): unknown {
  if (error instanceof DomainError) return error;
  if (error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number') return error;
  return new InvalidRequest('The upload is cut off or is not a form.');
}

/** Lets so many works go on at once; others wait their turn. Bounds what uploads hold in memory together. */
export class Slots {
  private readonly waiting: Array<() => void> = [];
  constructor(private free: number) {}

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.free += 1;
    }
  }
}
