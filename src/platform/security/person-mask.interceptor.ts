import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import { map, type Observable } from 'rxjs';

import { SHOWS_PERSONS, type GuardedRequest } from './decorators.js';
import { shownTo } from './person-mask.domain.js';

/**
 * The one place where answers lose who a patient is: everything a handler answers to somebody without the right IdentifyPatients goes
 * through here last. Pages and files are made of texts nobody can take names out of: their routes ask for the right.
 */
export class PersonMaskInterceptor implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}

  intercept(host: ExecutionContext, next: CallHandler): Observable<unknown> {
    const actor = host.switchToHttp().getRequest<GuardedRequest>().meditoryContext?.actor;
    if (!actor) return next.handle();
    if (this.reflector.get<string | undefined>(SHOWS_PERSONS, host.getHandler()) !== undefined)
      return next.handle();
    return next.handle().pipe(map((answer: unknown) => shownTo(actor.permissions, answer)));
  }
}
