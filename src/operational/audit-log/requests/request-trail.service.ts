import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { RecurringJob } from '../../../platform/jobs/recurring-job.js';
import type { GuardedRequest } from '../../../platform/security/decorators.js';
import { systemContext } from '../../../platform/security/request-context.js';
import { Clock } from '../../../platform/time/clock.js';
import { RefusalCounter, type Refusal, type RefusalRow } from './refusals.domain.js';
import { RequestTrailRepository } from './request-trail.repository.js';
import { ShownPatients, type ShownPatient } from './shown-patients.domain.js';

/** How soon what was gathered is in the trail, ms: so much is lost when the process is killed. */
const EVERY_MS = 1000;
/** Rows handed over at once; the database takes no more. */
const MOST_REFUSALS = 1000;
const MOST_SHOWN = 10_000;

/** Refusals that are told whatever they are. */
const REFUSED = new Set([401, 403, 429]);
/** Proofs of who somebody is that failed, though their answers have other statuses. */
const FAILED_PROOFS = new Set(['wrong-password', 'witness-refused', 'pin-locked']);

/** Values of a path that are numbers or short codes; whatever else stands there is left out. */
const PLAIN = /^[\w.-]{1,40}$/;

/** Writes refused requests, and which patients were shown by lists, to the audit trail: gathered, bounded, soon after the answer. */
@Injectable()
export class RequestTrailService extends RecurringJob implements OnModuleInit {
  private readonly refusals = new RefusalCounter();
  private readonly shown = new ShownPatients();
  private unwritten: RefusalRow[] = [];

  constructor(
    private readonly uow: UnitOfWork,
    private readonly trail: RequestTrailRepository,
    private readonly clock: Clock,
    private readonly server: HttpAdapterHost,
  ) {
    super(server, 'audit-requests', EVERY_MS);
  }

  onModuleInit(): void {
    // Nest leaves it empty where it makes services without a server, whatever its type says.
    const adapter = this.server.httpAdapter as typeof this.server.httpAdapter | undefined;
    const fastify = adapter?.getInstance<FastifyInstance>();
    fastify?.addHook('onResponse', (request, reply, done) => {
      const refusal = refusalOf(request, reply);
      if (refusal) this.refusals.add(refusal, this.clock.now().getTime());
      done();
    });
  }

  /** Notes that a patient was shown. */
  show(patient: ShownPatient): void {
    this.shown.add(patient, this.clock.now().getTime());
  }

  override async onModuleDestroy(): Promise<void> {
    await super.onModuleDestroy();
    await this.write(true);
  }

  protected async look(): Promise<string | undefined> {
    await this.write(false);
    return undefined;
  }

  /** What cannot be written now stays for the next time. */
  private async write(all: boolean): Promise<void> {
    const now = this.clock.now().getTime();
    this.unwritten.push(...this.refusals.take(now, all));
    while (this.unwritten.length > 0) {
      const rows = this.unwritten.slice(0, MOST_REFUSALS);
      await this.uow.run(systemContext(), (tx) => this.trail.logRefusals(tx, rows));
      this.unwritten = this.unwritten.slice(rows.length);
    }
    for (let shown = this.shown.take(now, MOST_SHOWN); shown.length > 0;) {
      try {
        const some = shown;
        await this.uow.run(systemContext(), (tx) => this.trail.logShown(tx, some));
      } catch (error) {
        this.shown.giveBack(shown);
        throw error;
      }
      shown = this.shown.take(now, MOST_SHOWN);
    }
  }
}

/** What of a request is told where it was refused; undefined: nothing. */
function refusalOf(request: FastifyRequest, reply: FastifyReply): Refusal | undefined {
  const { caller, meditoryContext, refusedWith = '' } = request as FastifyRequest & GuardedRequest;
  const route = request.routeOptions.url;
  if (route === undefined || !route.startsWith('/api/')) return undefined;
  const params = Object.entries((request.params ?? {}) as Record<string, string>);
  // Of what is not there and what is another branch's, the answer is the same 404.
  const isNoThing = reply.statusCode === 404 && caller !== undefined && params.length > 0;
  if (!REFUSED.has(reply.statusCode) && !isNoThing && !FAILED_PROOFS.has(refusedWith)) return undefined;
  const asked = request.headers['x-branch-id'];
  const branch = meditoryContext === undefined && asked !== undefined ? [['branch', String(asked)]] : [];
  return {
    userId: caller?.userId ?? null,
    branchId: meditoryContext && meditoryContext.branchId > 0 ? meditoryContext.branchId : null,
    requestId: request.id,
    route: `${request.method} ${route}`,
    status: reply.statusCode,
    code: refusedWith,
    address: request.ip,
    things: [...params, ...branch].map(([name, value = '']) => `${name}=${PLAIN.test(value) ? value : '…'}`),
    signInName: route.startsWith('/api/auth/') ? nameIn(request.body) : null,
  };
}

function nameIn(body: unknown): string | null {
  const name = typeof body === 'object' && body !== null && 'username' in body ? body.username : undefined;
  return typeof name === 'string' ? name.slice(0, 100) : null;
}
