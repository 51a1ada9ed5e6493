import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import type { DatabaseServer } from '../config/config.js';
import { dataSourceOptions } from './data-source-options.js';
import { PoolRegistry } from './pools.js';

/** The data source of the process, and the pools beside it. Entities register themselves through TypeOrmModule.forFeature in their slice. */
@Module({})
export class DatabaseModule {
  static forServer(server: DatabaseServer, poolMax: number): DynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      providers: [PoolRegistry],
      exports: [PoolRegistry],
      imports: [
        TypeOrmModule.forRoot({
          ...dataSourceOptions(server, poolMax),
          autoLoadEntities: true,
          retryAttempts: 5,
          retryDelay: 500,
        }),
      ],
    };
  }
}
