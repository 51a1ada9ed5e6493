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
}

/** Kept by the browser beside the session, longer than it; it opens nothing. */
const DEVICE_COOKIE = 'meditory_device';
const DEVICE_PATH = '/api/auth';
const DEVICE_SECONDS = 180 * 24 * 3600;

export const deviceOf = (request: FastifyRequest): Device => ({
  address: request.ip,
  userAgent: request.headers['user-agent'],
  requestId: request.id,
  host: request.headers.host,
  deviceToken: request.cookies[DEVICE_COOKIE]?.slice(0, 100),
});

/** Ends with the browser; the server ends it earlier. */
const cookieFor = (request: FastifyRequest, path = '/') => ({
  httpOnly: true,
  sameSite: 'strict' as const,
  path,
  secure: isSecure(request),
});

/** Gives the browser its session, and what tells a device that was let in before. */
export function giveSession(
  request: FastifyRequest,
  reply: FastifyReply,
  opened: { readonly token: string; readonly deviceToken?: string | undefined },
): void {
  void reply.setCookie(sessionCookieOf(request), opened.token, cookieFor(request));
  if (opened.deviceToken !== undefined)
    void reply.setCookie(DEVICE_COOKIE, opened.deviceToken, {
      ...cookieFor(request, DEVICE_PATH),
      maxAge: DEVICE_SECONDS,
    });
}

export function takeSession(request: FastifyRequest, reply: FastifyReply): void {
  void reply.clearCookie(sessionCookieOf(request), cookieFor(request));
}
