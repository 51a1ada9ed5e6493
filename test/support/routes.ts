import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

import { listRoutes, type RouteAccess } from '../../src/platform/security/route-audit.js';

/** Every route of a server with what it asks of its caller. */
export const routesOf = (app: NestFastifyApplication): RouteAccess[] =>
  listRoutes(app.get(DiscoveryService), app.get(MetadataScanner), app.get(Reflector));

/** A route as one line, as tables of tests name it. */
export const nameOf = ({ method, path }: Pick<RouteAccess, 'method' | 'path'>): string => `${method} ${path}`;

/** An answer that does not end of itself: with the server in process it would never come. */
export const ENDLESS: ReadonlySet<string> = new Set(['GET /api/work-board/events']);
