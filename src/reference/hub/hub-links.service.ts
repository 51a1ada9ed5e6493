import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { jobContext, systemContext } from '../../platform/security/request-context.js';
import { HubLinksRepository } from './hub-links.repository.js';
import type { HubState } from './hub.types.js';

/** What this pharmacy is among several: the hub of their master data, a branch of one, or alone. */
@Injectable()
export class HubLinksService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly links: HubLinksRepository,
  ) {}

  /** Whether master data comes from a hub and is not to be changed here. */
  async isBranch(tx?: Tx): Promise<boolean> {
    const role = tx
      ? await this.links.role(tx)
      : await this.uow.read(systemContext(), (reading) => this.links.role(reading));
    return role === 'branch';
  }

  state(): Promise<HubState> {
    return this.uow.read(systemContext(), (tx) => this.links.state(tx));
  }

  /** The hub gives a sign of life and tells its last migration, which reaches its branches after all that was committed before. */
  beat(level: string): Promise<void> {
    return this.uow.runAsAdmin(jobContext(), (tx) => this.links.beat(tx, level));
  }

  /** A mark of the last release that arrived from the hub, where statistics and indexes were not brought up to date since. */
  untidied(): Promise<string | undefined> {
    return this.uow.read(systemContext(), (tx) => this.links.untidied(tx));
  }

  noteTidied(until: string): Promise<void> {
    return this.uow.runAsAdmin(jobContext(), (tx) => this.links.noteTidied(tx, until));
  }
}
