import type { Server } from 'node:http';

import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const LOOK_MS = 20;

/** What is being answered at the moment. */
export interface InFlight {
  readonly requests: number;
  /** Of them, commands that carry an Idempotency-Key. */
  readonly commands: number;
}

/**
 * Ends a server without cutting an answer: readiness goes down, what is under way is answered and told to be the last of its
 * connection, live streams are ended (their clients come again), and only then the server closes.
 */
@Injectable()
export class Drain {
  private readonly open = new Map<FastifyRequest, FastifyReply>();
  private draining = false;

  /** True from the moment the server was told to stop. */
  get isDraining(): boolean {
    return this.draining;
  }

  get inFlight(): InFlight {
    const answering = [...this.open].filter(([, reply]) => !isStream(reply));
    return {
      requests: answering.length,
      commands: answering.filter(([request]) => request.headers['idempotency-key'] !== undefined).length,
    };
  }

  /** Keeps count of what the server answers. */
  attach(fastify: FastifyInstance): void {
    fastify.addHook('onRequest', (request, reply, done) => {
      this.open.set(request, reply);
      // A client that went away gets no answer, and no hook says so.
      reply.raw.once('close', () => this.open.delete(request));
      done();
    });
    fastify.addHook('onResponse', (request, _reply, done) => {
      this.open.delete(request);
      done();
    });
    fastify.addHook('onSend', (_request, reply, _payload, done) => {
      if (this.draining) void reply.header('connection', 'close');
      done();
    });
  }

  /**
   * Begins the end: answers `true` when all that was under way has been answered, `false` when `mostMs` went by before. New
   * requests are answered for `graceMs`, in which whoever shares out requests sees that this server is not ready any more; then
   * no connection is taken any more.
   */
  async begin(server: Server, graceMs: number, mostMs: number): Promise<boolean> {
    this.draining = true;
    const begun = performance.now();
    const passed = (): number => performance.now() - begun;
    while (passed() < graceMs) await pause();
    server.close();
    for (;;) {
      for (const reply of this.open.values()) if (isStream(reply)) reply.raw.end();
      // A connection whose last answer had begun before is kept by its client: nothing will come on it.
      server.closeIdleConnections();
      if (this.inFlight.requests === 0) return true;
      if (passed() >= mostMs) return false;
      await pause();
    }
  }
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, LOOK_MS));

/** An answer that does not end by itself (EventStream). */
const isStream = ({ raw }: FastifyReply): boolean =>
  String(raw.getHeader('content-type')).startsWith('text/event-stream');
