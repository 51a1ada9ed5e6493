import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import { BEAT, FIND_ROLE, FIND_STATE, FIND_UNTIDIED, NOTE_TIDIED } from './hub-links.sql.js';
import type { HubRole, HubState } from './hub.types.js';

/** What this database is among several, and how it stands to them. */
@Injectable()
export class HubLinksRepository {
  async role(tx: Tx): Promise<HubRole> {
    return (await tx.one<{ role: HubRole }>(FIND_ROLE)).role;
  }

  state(tx: Tx): Promise<HubState> {
    return tx.one<HubState>(FIND_STATE);
  }

  async beat(tx: Tx, level: string): Promise<void> {
    await tx.execute(BEAT, [level]);
  }

  async untidied(tx: Tx): Promise<string | undefined> {
    return (await tx.maybeOne<{ until: string }>(FIND_UNTIDIED))?.until;
  }

  async noteTidied(tx: Tx, until: string): Promise<void> {
    await tx.execute(NOTE_TIDIED, [until]);
  }
}
