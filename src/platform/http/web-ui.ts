import { existsSync } from 'node:fs';
import { join } from 'node:path';

import fastifyStatic from '@fastify/static';
import { NotFoundException } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { answerOf, toProblem } from './problem.filter.js';

/** Screens have no endings: what has one, or begins with a dot, is a file, and one that is not there is not a page. */
const FILE = /\/\.|\.[a-z0-9]{1,10}$/i;

const YEAR_SECONDS = 31_536_000;

/**
 * Serves the built web user interface from the same process. Every address that is not the API answers the page, which
 * routes itself; hashed assets may be kept by the browser for a year, the page itself never. What was compressed when it was built is sent as it is.
 */
export async function serveWebUi(app: NestFastifyApplication, folder: string): Promise<void> {
  if (!existsSync(join(folder, 'index.html'))) return;
  await app.register(fastifyStatic, {
    root: folder,
    wildcard: false,
    preCompressed: true,
    index: false,
    cacheControl: false,
    setHeaders: (reply, path) => {
      const hashed = path.includes(`${join(folder, 'assets')}`);
      void reply.header('cache-control', hashed ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache');
    },
  });
  const fastify = app.getHttpAdapter().getInstance();
  fastify.get('/*', async (request: FastifyRequest, reply: FastifyReply) => {
    const path = request.url.split('?')[0] ?? '';
    if (path === '/api' || path.startsWith('/api/') || path.startsWith('/assets/') || FILE.test(path)) {
      const problem = toProblem(new NotFoundException('There is no such address.'), request.id);
      const { contentType, body } = answerOf(problem, request.url);
      return reply.status(404).header('content-type', contentType).send(body);
    }
    return reply.header('cache-control', 'no-cache').sendFile('index.html');
  });
}
