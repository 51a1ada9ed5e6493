// Encryption of streams of any length: AES-256-GCM in chunks, as STREAM (Hoang, Reyhanitabar, Rogaway, Vizár 2015) has it. Each chunk is authentic by
// itself, so that nothing is let through before it was proved; its number and whether it is the last are part of its nonce, so that chunks cannot be
// moved, left out or cut off. Each file has a key of its own, made from the backup key, a random salt and what the file is, so that files cannot be exchanged.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';

import { BackupBroken } from './backup-broken.js';
import { derivedKey, type BackupKey } from './backup-key.js';

const MAGIC = Buffer.from('MEDSEAL1');
const SALT_BYTES = 16;
export const HEADER_BYTES = MAGIC.length + SALT_BYTES;
const TAG_BYTES = 16;
const CHUNK_BYTES = 64 * 1024;

function nonceOf(chunk: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeBigUInt64BE(BigInt(chunk), 0);
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}

/** Cuts what comes into pieces of one size; the rest, which may be empty, comes with the end. */
abstract class InChunks extends Transform {
  private parts: Buffer[] = [];
  private held = 0;

  protected constructor(private readonly size: number) {
    super();
  }

  protected abstract piece(bytes: Buffer): void;
  protected abstract last(bytes: Buffer): void;

  override _transform(bytes: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    try {
      this.parts.push(bytes);
      this.held += bytes.length;
      // Strictly more: a piece that is full may be the last.
      if (this.held > this.size) {
        let all = Buffer.concat(this.parts);
        for (; all.length > this.size; all = all.subarray(this.size)) this.piece(all.subarray(0, this.size));
        this.parts = [all];
        this.held = all.length;
      }
      done();
    } catch (error) {
      done(error as Error);
    }
  }

  override _flush(done: TransformCallback): void {
    try {
      this.last(Buffer.concat(this.parts));
      done();
    } catch (error) {
      done(error as Error);
    }
  }
}

class Sealer extends InChunks {
  private chunk = 0;
  private readonly fileKey: Buffer;

  constructor(key: BackupKey, purpose: string) {
    super(CHUNK_BYTES);
    const salt = randomBytes(SALT_BYTES);
    this.fileKey = derivedKey(key, salt, purpose);
    this.push(Buffer.concat([MAGIC, salt]));
  }

  private seal(bytes: Buffer, isLast: boolean): void {
    const cipher = createCipheriv('aes-256-gcm', this.fileKey, nonceOf(this.chunk++, isLast));
    this.push(Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]));
  }

  protected override piece(bytes: Buffer): void {
    this.seal(bytes, false);
  }

  protected override last(bytes: Buffer): void {
    this.seal(bytes, true);
  }
}

class Opener extends InChunks {
  private chunk = 0;

  constructor(
    private readonly fileKey: Buffer,
    private readonly name: string,
  ) {
    super(CHUNK_BYTES + TAG_BYTES);
  }

  private open(bytes: Buffer, isLast: boolean): void {
    if (bytes.length < TAG_BYTES) throw new BackupBroken(`${this.name} is cut off.`);
    const end = bytes.length - TAG_BYTES;
    const decipher = createDecipheriv('aes-256-gcm', this.fileKey, nonceOf(this.chunk++, isLast));
    decipher.setAuthTag(bytes.subarray(end));
    try {
      this.push(Buffer.concat([decipher.update(bytes.subarray(0, end)), decipher.final()]));
    } catch {
      throw new BackupBroken(
        `${this.name} was changed, was cut off, or was made with another key: it cannot be decrypted.`,
      );
    }
  }

  protected override piece(bytes: Buffer): void {
    this.open(bytes, false);
  }

  protected override last(bytes: Buffer): void {
    this.open(bytes, true);
  }
}

/** Encrypts what goes through it. `purpose` says what the bytes are; the same words are needed to read them. */
export const sealing = (key: BackupKey, purpose: string): Transform => new Sealer(key, purpose);

/**
 * Decrypts what `sealing` wrote after its header, and lets nothing through that is not proved. `header`: its first HEADER_BYTES; `name` is for
 * the message.
 */
export function opening(key: BackupKey, purpose: string, header: Buffer, name: string): Transform {
  if (header.length < HEADER_BYTES || !header.subarray(0, MAGIC.length).equals(MAGIC))
    throw new BackupBroken(`${name} was cut off, or is no file of a backup.`);
  return new Opener(derivedKey(key, header.subarray(MAGIC.length), purpose), name);
}
