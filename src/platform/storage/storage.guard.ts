import { Injectable, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';

import { StorageFull } from '../errors/domain-error.js';
import { READS, type GuardedRequest } from '../security/decorators.js';
import { StorageWatch } from './storage-watch.js';

const WORKS_WHEN_FULL = 'meditory:works-when-full';
const READING: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The command reads, or writes a row without which nobody could read (a session): it goes on when the disk is nearly full. */
export const WorksWhenFull = (): MethodDecorator & ClassDecorator => SetMetadata(WORKS_WHEN_FULL, true);

/** Refuses changes while the disk of the database is nearly full. Reading goes on. */
@Injectable()
export class StorageGuard implements CanActivate {
  constructor(
    private readonly storage: StorageWatch,
    private readonly reflector: Reflector,
  ) {}

  canActivate(host: ExecutionContext): boolean {
    if (!this.storage.isLow) return true;
    if (READING.has(host.switchToHttp().getRequest<GuardedRequest>().method)) return true;
    if (this.reflector.get<boolean | undefined>(READS, host.getHandler()) === true) return true;
    const works = this.reflector.getAllAndOverride<boolean | undefined>(WORKS_WHEN_FULL, [
      host.getHandler(),
      host.getClass(),
    ]);
    if (works === true) return true;
    throw new StorageFull();
  }
}
