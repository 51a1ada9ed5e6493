import { Injectable, type OnModuleDestroy } from '@nestjs/common';

import { OwnConnection } from './own-connection.js';
import { SpareConnection } from './spare-connection.js';

const ANSWER_MS = 3000;

/** The connection figures are read on, apart from that of the health check: a figure that takes long must not make the server ill. */
@Injectable()
export class FigureConnection implements OnModuleDestroy {
  private readonly connection: SpareConnection;

  constructor(own: OwnConnection) {
    this.connection = new SpareConnection(() => own.inProcess, 'meditory-figures', ANSWER_MS);
  }

  query<Row extends object>(text: string): Promise<Row[]> {
    return this.connection.query<Row>(text);
  }

  async onModuleDestroy(): Promise<void> {
    await this.connection.close();
  }
}
