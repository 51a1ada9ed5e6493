import { createHash } from 'node:crypto';

import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';

import { Forbidden, InvalidRequest, Unauthenticated } from '../errors/domain-error.js';
import { freshnessOf } from '../http/freshness-headers.js';
import {
  ACCESS_RULE,
  FINDS_PERSONS,
  HEAVY,
  IDEMPOTENT,
  STEP_UP,
  type AccessRule,
  type GuardedRequest,
  type StepUpRule,
} from './decorators.js';
import type { Actor, Idempotency } from './request-context.js';
import { sessionTokenOf } from './session-credential.js';
import { SESSION_READER, type SessionReader } from './session-reader.js';
import { AccountDue, StepUpRequired } from './step-up-required.js';

/**
 * The one door: default deny. Finds the session (bearer token or cookie), refuses cross-site writes made with the
 * cookie, checks the permission the handler declares and that who asks for a grave thing proved himself lately, settles
 * the branch, and makes the request context.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Inject(SESSION_READER) private readonly sessions: SessionReader,
  ) {}

  async canActivate(host: ExecutionContext): Promise<boolean> {
    const rule = this.reflector.getAllAndOverride<AccessRule | undefined>(ACCESS_RULE, [
      host.getHandler(),
      host.getClass(),
    ]);
    if (!rule) throw new Forbidden('This route declares no permission.');
    if (rule.kind === 'public') return true;
    const request = host.switchToHttp().getRequest<GuardedRequest>();
    const actor = await this.actorOf(request);
    request.caller = actor;
    if (rule.kind === 'permission') {
      const missing = rule.permissions.filter((permission) => !actor.permissions.has(permission));
      if (missing.length > 0)
        throw new Forbidden(`This needs the permission ${missing.join(', ')}.`, { missing });
    }
    if (this.reflector.get<boolean | undefined>(FINDS_PERSONS, host.getHandler()) === true)
      assertMayFind(actor, request);
    if (actor.due !== undefined && rule.kind !== 'signed-in') throw new AccountDue(actor.due);
    const stepUp = this.reflector.get<StepUpRule | undefined>(STEP_UP, host.getHandler());
    if (stepUp) assertProven(stepUp, actor, request.body);
    const branchId = branchOf(request, actor);
    const idempotent = this.reflector.get<boolean | undefined>(IDEMPOTENT, host.getHandler());
    const isHeavy = this.reflector.getAllAndOverride<boolean | undefined>(HEAVY, [
      host.getHandler(),
      host.getClass(),
    ]);
    request.meditoryContext = {
      actor,
      branchId,
      requestId: request.id,
      freshness: freshnessOf(request),
      pool: isHeavy === true ? 'reports' : 'web',
      ...(idempotent ? { idempotency: idempotencyOf(request, branchId) } : {}),
    };
    return true;
  }

  private async actorOf(request: GuardedRequest): Promise<Actor> {
    const token = sessionTokenOf(request);
    const actor = token ? await this.sessions.findActor(token) : undefined;
    if (!actor) throw new Unauthenticated('Sign in first.');
    return actor;
  }
}

function assertProven({ strength, fields }: StepUpRule, actor: Actor, body: unknown): void {
  const isAsked =
    fields === undefined ||
    (typeof body === 'object' && body !== null && fields.some((field) => Object.hasOwn(body, field)));
  if (isAsked && actor.proven !== 'full' && !(strength === 'counter' && actor.proven === 'counter'))
    throw new StepUpRequired(strength);
}

/** A search by name would tell who is who to somebody whose answers hide it. */
function assertMayFind(actor: Actor, { query, body }: GuardedRequest): void {
  const isAsked = [query, body].some((asked) => typeof asked === 'object' && asked !== null && 'q' in asked);
  if (isAsked && !actor.permissions.has('IdentifyPatients'))
    throw new Forbidden('To look for people needs the permission IdentifyPatients.', {
      missing: ['IdentifyPatients'],
    });
}

function branchOf(request: GuardedRequest, actor: Actor): number {
  const header = request.headers['x-branch-id'];
  if (header === undefined || header === '') return actor.branchIds[0] ?? 0;
  if (typeof header !== 'string' || !/^\d{1,9}$/.test(header))
    throw new InvalidRequest('X-Branch-Id must be the number of a branch.');
  const branchId = Number(header);
  if (!actor.branchIds.includes(branchId)) throw new Forbidden('You do not work at this branch.');
  return branchId;
}

/** The body as one text; a body nested so deep that it cannot be written again is refused. */
function textOf(body: unknown): string {
  try {
    return JSON.stringify(body ?? null);
  } catch (error) {
    if (error instanceof RangeError) throw new InvalidRequest('The body is nested too deep.');
    throw error;
  }
}

function idempotencyOf(request: GuardedRequest, branchId: number): Idempotency | undefined {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(key))
    throw new InvalidRequest('Idempotency-Key must be 1 to 200 visible ASCII characters.');
  const path = request.url.split('?')[0] ?? '';
  const content = `${request.method} ${path} ${branchId} ${textOf(request.body)}`;
  return { key, requestHash: createHash('sha256').update(content).digest('hex') };
}
