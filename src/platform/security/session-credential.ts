import { Forbidden } from '../errors/domain-error.js';
import type { GuardedRequest } from './decorators.js';
import { SESSION_COOKIE } from './session-reader.js';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The session token of a request, from its bearer header or cookie. Throws Forbidden for a write that another site sent with the cookie. */
export function sessionTokenOf(
  request: Pick<GuardedRequest, 'method' | 'headers' | 'cookies'>,
): string | undefined {
  const authorization = request.headers.authorization;
  const bearer =
    typeof authorization === 'string' ? /^Bearer ([\w-]{20,200})$/.exec(authorization)?.[1] : undefined;
  const cookie = request.cookies?.[SESSION_COOKIE];
  // A browser adds the cookie to any site's request: with the cookie alone, a write must come from our own pages.
  if (!bearer && cookie && !SAFE_METHODS.has(request.method) && !isSameOrigin(request))
    throw new Forbidden('This request came from another site.');
  return bearer ?? cookie;
}

function isSameOrigin(request: Pick<GuardedRequest, 'headers'>): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site === 'same-origin') return true;
  const { origin, host } = request.headers;
  if (typeof origin !== 'string')
    return site === undefined && request.headers['x-requested-with'] === 'meditory';
  return URL.canParse(origin) && new URL(origin).host === host;
}
