import type { FastifyRequest } from 'fastify';

import { isSecure } from '../../platform/http/tls.js';

/** Where a sign-in comes from. */
export interface Device {
  readonly address: string;
  readonly userAgent: string | undefined;
  readonly requestId: string;
}

export const deviceOf = (request: FastifyRequest): Device => ({
  address: request.ip,
  userAgent: request.headers['user-agent'],
  requestId: request.id,
});

/** Ends with the browser; the server ends it earlier. Behind a proxy that speaks TLS, the proxy's word makes it Secure. */
export const cookieFor = (request: FastifyRequest) => ({
  httpOnly: true,
  sameSite: 'strict' as const,
  path: '/',
  secure: isSecure(request),
});
