import type { FastifyReply, FastifyRequest } from 'fastify';

import { isSecure } from '../../platform/http/tls.js';
import { sessionCookieOf } from '../../platform/security/session-cookie.js';

/** Where a sign-in comes from. */
export interface Device {
  readonly address: string;
  readonly userAgent: string | undefined;
  readonly requestId: string;
  /** Host the browser came by. */
  readonly host: string | undefined;
  /** What the browser keeps since a sign-in before, if anything. */
  readonly deviceToken: string | undefined;
  /** What it keeps as a registered till, if it is one. */
  readonly tillToken: string | undefined;
  /** The session it is signed in with so far; a token that no browser keeps is none. */
  readonly sessionCookie: string | undefined;
}

/** Kept by the browser beside the session, longer than it; it opens nothing. */
const DEVICE_COOKIE = 'meditory_device';
const DEVICE_PATH = '/api/auth';
/** As long as either is kept, s: what is used goes on. */
const KEPT_SECONDS = 180 * 24 * 3600;

/** As that of the session: by TLS no other host and no page without TLS can set it. */
const tillCookieOf = (request: FastifyRequest): string =>
  isSecure(request) ? '__Host-meditory_till' : 'meditory_till';

export const deviceOf = (request: FastifyRequest): Device => ({
  address: request.ip,
  userAgent: request.headers['user-agent'],
  requestId: request.id,
  host: request.headers.host,
  deviceToken: request.cookies[DEVICE_COOKIE]?.slice(0, 100),
  tillToken: request.cookies[tillCookieOf(request)]?.slice(0, 100),
  sessionCookie: request.cookies[sessionCookieOf(request)]?.slice(0, 100),
});

/** Ends with the browser; the server ends it earlier. */
const cookieFor = (request: FastifyRequest, path = '/') => ({
  httpOnly: true,
  sameSite: 'strict' as const,
  path,
  secure: isSecure(request),
});

/** Gives the browser its session, what tells a device that was let in before, and its registration as a till for another while. */
export function giveSession(
  request: FastifyRequest,
  reply: FastifyReply,
  opened: {
    readonly token: string;
    readonly deviceToken?: string | undefined;
    readonly tillToken?: string | undefined;
  },
): void {
  void reply.setCookie(sessionCookieOf(request), opened.token, cookieFor(request));
  if (opened.deviceToken !== undefined)
    void reply.setCookie(DEVICE_COOKIE, opened.deviceToken, {
      ...cookieFor(request, DEVICE_PATH),
      maxAge: KEPT_SECONDS,
    });
  if (opened.tillToken !== undefined) giveTill(request, reply, opened.tillToken);
}

/** Makes the browser keep what registers it as a till. */
export function giveTill(request: FastifyRequest, reply: FastifyReply, token: string): void {
  void reply.setCookie(tillCookieOf(request), token, { ...cookieFor(request), maxAge: KEPT_SECONDS });
}

export function takeSession(request: FastifyRequest, reply: FastifyReply): void {
  void reply.clearCookie(sessionCookieOf(request), cookieFor(request));
}
