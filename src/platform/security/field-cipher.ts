import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

import { DomainError } from '../errors/domain-error.js';
import { readOrMakeKey, type FileKey } from './key-file.js';

const ALGORITHM = 'aes-256-gcm';
const VERSION = 'v1';
const IV_BYTES = 12;

/** 409: what is encrypted in the database was written with another key than the one in the key file. */
export class FieldKeyChanged extends DomainError {
  readonly code = 'field-key-changed';
  readonly status = 409;
  readonly title = 'The key file is another';
  constructor() {
    super('This was encrypted with another key. Put the key file back, or let an administrator reset it.');
  }
}

/**
 * Encrypts single fields with a key outside of the database: who has a copy of the database alone reads none of them. A field is
 * bound to its place: moved to another row it cannot be read.
 */
export class FieldCipher {
  private key: Promise<FileKey> | undefined;

  /** `keyFile` is read, or made, when the first field is written or read. */
  constructor(private readonly keyFile: string | undefined) {}

  /** `place` names the table and whose row it is. */
  async encrypt(plain: Buffer, place: string): Promise<string> {
    const { bytes, id } = await this.loaded();
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(ALGORITHM, bytes, iv).setAAD(Buffer.from(place));
    const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
    return [VERSION, id, ...[iv, cipher.getAuthTag(), sealed].map((part) => part.toString('base64url'))].join(
      '.',
    );
  }

  /** Throws FieldKeyChanged; an Error where the field was altered or stands in another place. */
  async decrypt(text: string, place: string): Promise<Buffer> {
    const { bytes, id } = await this.loaded();
    const [version, keyId, ...parts] = text.split('.');
    if (version !== VERSION || parts.length !== 3) throw new Error('a field is not of a known form');
    if (keyId !== id) throw new FieldKeyChanged();
    const [iv, tag, sealed] = parts.map((part) => Buffer.from(part, 'base64url')) as [Buffer, Buffer, Buffer];
    const decipher = createDecipheriv(ALGORITHM, bytes, iv, { authTagLength: 16 })
      .setAAD(Buffer.from(place))
      .setAuthTag(tag);
    return Buffer.concat([decipher.update(sealed), decipher.final()]);
  }

  private loaded(): Promise<FileKey> {
    if (this.keyFile === undefined) throw new Error('no key file is configured');
    // A file that could not be read is read again the next time.
    this.key ??= readOrMakeKey(this.keyFile).catch((error: unknown) => {
      this.key = undefined;
      throw error;
    });
    return this.key;
  }
}
