import { Forbidden } from '../errors/domain-error.js';
import type { GuardedRequest } from './decorators.js';
import { sessionCookieOf } from './session-cookie.js';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

type Sent = Pick<GuardedRequest, 'method' | 'headers' | 'cookies' | 'protocol'>;

/** A session token as it was sent; a cookie travels by itself, a bearer token is sent on purpose. */
export interface SentToken {
  readonly token: string;
  readonly by: 'bearer' | 'cookie';
}

/** The session token of a request, from its bearer header or cookie. Throws Forbidden for a write that another site sent with the cookie. */
export function sentTokenOf(request: Sent): SentToken | undefined {
  const authorization = request.headers.authorization;
  const bearer =
    typeof authorization === 'string' ? /^Bearer ([\w-]{20,200})$/.exec(authorization)?.[1] : undefined;
  if (bearer !== undefined) return { token: bearer, by: 'bearer' };
  const cookie = request.cookies?.[sessionCookieOf(request)];
  if (cookie === undefined || cookie === '') return undefined;
  // A browser adds the cookie to any site's request: with the cookie alone, a write must come from our own pages.
  if (!SAFE_METHODS.has(request.method) && !isSameOrigin(request))
    throw new Forbidden('This request came from another site.');
  return { token: cookie, by: 'cookie' };
}

export const sessionTokenOf = (request: Sent): string | undefined => sentTokenOf(request)?.token;

function isSameOrigin(request: Pick<GuardedRequest, 'headers'>): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site === 'same-origin') return true;
  const { origin, host } = request.headers;
  if (typeof origin !== 'string')
    return site === undefined && request.headers['x-requested-with'] === 'meditory';
  return URL.canParse(origin) && new URL(origin).host === host;
}
