import {
  Injectable,
  StreamableFile,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { tap, type Observable } from 'rxjs';

import { ACCESS_RULE, type AccessRule, type GuardedRequest } from '../../../platform/security/decorators.js';
import { RequestTrailService } from './request-trail.service.js';
import { patientsIn } from './shown-patients.domain.js';

/** Below here a record logs itself where it is read, in the same transaction. */
const ONE_RECORD = '/api/patients/:id';

/** Notes for the audit trail which patients an answer shows: every list, search and page that names one, and files whoever is in them. */
@Injectable()
export class ShownPatientsInterceptor implements NestInterceptor {
  constructor(
    private readonly trail: RequestTrailService,
    private readonly reflector: Reflector,
  ) {}

  intercept(host: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = host.switchToHttp().getRequest<GuardedRequest & { params?: Record<string, string> }>();
    const { meditoryContext: ctx, routeOptions, method } = request;
    const route = routeOptions?.url;
    if (method !== 'GET' || !ctx || route === undefined || this.isOfDrugsAlone(host)) return next.handle();
    return next.handle().pipe(
      tap((answer: unknown) => {
        const own = route.startsWith(ONE_RECORD) ? Number(request.params?.id) : undefined;
        const isFile = typeof answer === 'string' || answer instanceof StreamableFile;
        for (const patientId of isFile ? [null] : patientsIn(answer))
          if (patientId !== own)
            this.trail.show({
              userId: ctx.actor.userId,
              branchId: ctx.branchId > 0 ? ctx.branchId : null,
              requestId: ctx.requestId,
              route: `GET ${route}`,
              patientId,
            });
      }),
    );
  }

  /** The catalogue is asked on every key and knows no patient. */
  private isOfDrugsAlone(host: ExecutionContext): boolean {
    const rule = this.reflector.getAllAndOverride<AccessRule | undefined>(ACCESS_RULE, [
      host.getHandler(),
      host.getClass(),
    ]);
    return rule?.kind === 'permission' && rule.permissions.every((permission) => permission === 'ReadDrug');
  }
}
