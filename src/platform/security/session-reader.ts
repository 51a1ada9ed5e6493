import type { Actor } from './request-context.js';

/** How the guard learns who a session token belongs to; provided by operational/auth. */
export interface SessionReader {
  /** The actor of a live session, or undefined when the token is unknown, expired, revoked, or its user disabled. */
  findActor(token: string): Promise<Actor | undefined>;
}

export const SESSION_READER = Symbol('SessionReader');
