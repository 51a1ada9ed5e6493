import { randomBytes } from 'node:crypto';

import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';

import { normalizePassword } from './password.domain.js';

/** argon2id with 19 MiB, two passes, one lane: the first choice of the OWASP password storage cheat sheet. */
const ARGON2ID = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 };

const hashPassword = (password: string): Promise<string> => hash(normalizePassword(password), ARGON2ID);

/** Hashes passwords and verifies them, an unknown user's at the same cost as a known one's. */
@Injectable()
export class PasswordService {
  /** Hash of a password nobody knows. */
  private readonly nobody: Promise<string> = hashPassword(randomBytes(32).toString('base64'));

  /** The argon2id hash to store, with its parameters and salt. */
  hash(password: string): Promise<string> {
    return hashPassword(password);
  }

  /** True when the password belongs to the hash. Without a hash it takes as long and is false. */
  async verify(passwordHash: string | undefined, password: string): Promise<boolean> {
    const against = passwordHash?.startsWith('$argon2') ? passwordHash : undefined;
    const matches = await verify(against ?? (await this.nobody), normalizePassword(password));
    return matches && against !== undefined;
  }
}
