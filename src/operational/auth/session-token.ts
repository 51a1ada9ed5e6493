import { createHash, randomBytes } from 'node:crypto';

/** A new session token: 256 random bits, base64url. Only the caller ever has it. */
export const newSessionToken = (): string => randomBytes(32).toString('base64url');

/** What is stored of a token. A plain hash does: the token is random, not guessable. */
export const hashSessionToken = (token: string): Buffer => createHash('sha256').update(token).digest();
