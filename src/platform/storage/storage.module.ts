import { Module, type DynamicModule } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';

import { StorageWatch, type StorageSettings } from './storage-watch.js';

/** Watches the disk of the database, where it is known. */
@Module({})
export class StorageModule {
  static with(settings: StorageSettings | undefined): DynamicModule {
    return {
      module: StorageModule,
      global: true,
      providers: [
        {
          provide: StorageWatch,
          useFactory: (http: HttpAdapterHost) => new StorageWatch(settings, http),
          inject: [HttpAdapterHost],
        },
      ],
      exports: [StorageWatch],
    };
  }
}
