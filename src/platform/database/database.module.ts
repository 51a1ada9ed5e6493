import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import type { DatabaseServer } from '../config/config.js';
import { dataSourceOptions } from './data-source-options.js';

/** The one data source of the process. Entities register themselves through TypeOrmModule.forFeature in their slice. */
@Module({})
export class DatabaseModule {
  static forServer(server: DatabaseServer, poolMax: number): DynamicModule {
    return {
      module: DatabaseModule,
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
