import type { GuardedRequest } from './decorators.js';

type Sent = Pick<GuardedRequest, 'headers' | 'protocol'>;

/** True for a request that came by TLS; a proxy in front of us says so. */
export const isSecure = (request: Sent): boolean =>
  request.protocol === 'https' || request.headers['x-forwarded-proto'] === 'https';

/**
 * Name of the session cookie. By TLS it is one that no other host and no page without TLS can set (`__Host-`); a shop that serves plain
 * http could not have its cookie kept under such a name.
 */
export const sessionCookieOf = (request: Sent): string =>
  isSecure(request) ? '__Host-meditory_session' : 'meditory_session';
