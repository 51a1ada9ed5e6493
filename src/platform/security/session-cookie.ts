import { isSecure } from '../http/tls.js';
import type { GuardedRequest } from './decorators.js';

/**
 * Name of the session cookie. By TLS it is one that no other host and no page without TLS can set (`__Host-`); a shop that serves plain
 * http could not have its cookie kept under such a name.
 */
export const sessionCookieOf = (request: Pick<GuardedRequest, 'headers' | 'protocol'>): string =>
  isSecure(request) ? '__Host-meditory_session' : 'meditory_session';
