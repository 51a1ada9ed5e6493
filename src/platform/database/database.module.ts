import { Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import type { DatabaseServer, ReplicaSettings } from '../config/config.js';
import { dataSourceOptions } from './data-source-options.js';
import { OwnConnection } from './own-connection.js';
import { PoolRegistry } from './pools.js';
import { PrimaryLocator } from './replicas/primary-locator.js';
import { ReplicaSet } from './replicas/replica-set.js';
import { WrittenMarks } from './replicas/written-marks.js';

const NO_REPLICAS: ReplicaSettings = { hosts: [], maxLagMs: 0 };
/** Beats are half a second apart: a mark is kept for longer than any replica that is read may be behind. */
const MARKS_LONGER_MS = 5000;

/** The data source of the process, the pools beside it, and its replicas. Entities register themselves through TypeOrmModule.forFeature in their slice. */
@Module({})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(@Inject(PrimaryLocator) private readonly locator: PrimaryLocator | undefined) {}

  static forServer(
    server: DatabaseServer,
    poolMax: number,
    replicas: ReplicaSettings = NO_REPLICAS,
  ): DynamicModule {
    const locator = server.hosts && new PrimaryLocator(server, server.hosts);
    const { hosts, maxLagMs } = replicas;
    const marks = new WrittenMarks(hosts.length > 0 ? maxLagMs + MARKS_LONGER_MS : undefined);
    locator?.watch();
    return {
      module: DatabaseModule,
      global: true,
      providers: [
        PoolRegistry,
        OwnConnection,
        { provide: PrimaryLocator, useFactory: () => locator },
        { provide: WrittenMarks, useValue: marks },
        {
          provide: ReplicaSet,
          useFactory: (pools: PoolRegistry, own: OwnConnection) =>
            new ReplicaSet(server, replicas, pools, own, marks),
          inject: [PoolRegistry, OwnConnection],
        },
      ],
      exports: [PoolRegistry, OwnConnection, PrimaryLocator, WrittenMarks, ReplicaSet],
      imports: [
        TypeOrmModule.forRoot({
          ...dataSourceOptions(server, poolMax, locator),
          autoLoadEntities: true,
          retryAttempts: 5,
          retryDelay: 500,
        }),
      ],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.locator?.close();
  }
}
