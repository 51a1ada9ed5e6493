import {
  applyDecorators,
  createParamDecorator,
  HttpCode,
  SetMetadata,
  type ExecutionContext,
} from '@nestjs/common';

import type { Permission } from './permissions.js';
import type { Actor, RequestContext } from './request-context.js';
import type { StepUpStrength } from './step-up-required.js';

/** What a route asks of its caller. */
export type AccessRule =
  | { readonly kind: 'public' }
  | { readonly kind: 'signed-in' }
  | { readonly kind: 'permission'; readonly permissions: readonly Permission[] };

export const ACCESS_RULE = 'meditory:access-rule';
export const IDEMPOTENT = 'meditory:idempotent';
export const HEAVY = 'meditory:heavy';
export const SHOWS_PERSONS = 'meditory:shows-persons';
export const FINDS_PERSONS = 'meditory:finds-persons';
export const READS = 'meditory:reads';
export const STEP_UP = 'meditory:step-up';

/** What a grave command asks: that the caller proved lately who he is, where its body has one of `fields`, or always. */
export interface StepUpRule {
  readonly strength: StepUpStrength;
  readonly fields?: readonly string[];
}

/** The caller must hold every permission named. */
export const RequirePermission = (...permissions: readonly Permission[]): MethodDecorator & ClassDecorator =>
  SetMetadata(ACCESS_RULE, { kind: 'permission', permissions } satisfies AccessRule);

/** Anybody may call it, signed in or not. */
export const Public = (): MethodDecorator & ClassDecorator =>
  SetMetadata(ACCESS_RULE, { kind: 'public' } satisfies AccessRule);

/** Anybody signed in may call it: it concerns the caller himself. */
export const AnySignedIn = (): MethodDecorator & ClassDecorator =>
  SetMetadata(ACCESS_RULE, { kind: 'signed-in' } satisfies AccessRule);

/** The command moves stock or money: an Idempotency-Key header is honoured. */
export const Idempotent = (): MethodDecorator => SetMetadata(IDEMPOTENT, true);

/**
 * The route reads much: it runs on the connections of reports, which write nothing, and only so many of its kind run at once; the rest
 * are told to come again.
 */
export const Heavy = (): MethodDecorator & ClassDecorator => SetMetadata(HEAVY, true);

/**
 * The route reads what its body asks for: what names a person stands in no address, which proxies and browsers keep. It counts as
 * reading and goes on where nothing may be written.
 */
export const SearchByBody = (): MethodDecorator => applyDecorators(SetMetadata(READS, true), HttpCode(200));

/** The answer names patients to everybody who may ask for it; `why` is what it could not be without. */
export const ShowsPersons = (why: string): MethodDecorator => SetMetadata(SHOWS_PERSONS, why);

/** With a `q` the route looks for people by what names them, which is for who may know them alone. */
export const FindsPersons = (): MethodDecorator => SetMetadata(FINDS_PERSONS, true);

/** The caller must have proved within the last minutes who he is; signing in just now counts. */
export const RequireStepUp = (rule: Partial<StepUpRule> = {}): MethodDecorator =>
  SetMetadata(STEP_UP, { strength: 'full', ...rule } satisfies StepUpRule);

/** A Fastify request as our guard leaves it. */
export interface GuardedRequest {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly ip: string;
  readonly protocol?: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly cookies?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
  readonly query?: unknown;
  readonly routeOptions?: { readonly url?: string };
  meditoryContext?: RequestContext;
  /** Who asks, known before it is known whether he may. */
  caller?: Actor;
  /** Code of the problem it was refused with. */
  refusedWith?: string;
}

/** Hands a handler the context its guard made. */
export const Ctx = createParamDecorator((_: unknown, host: ExecutionContext): RequestContext => {
  const request = host.switchToHttp().getRequest<GuardedRequest>();
  if (!request.meditoryContext) throw new Error('a handler that wants @Ctx() must not be @Public()');
  return request.meditoryContext;
});
