import { Module, type DynamicModule } from '@nestjs/common';

import type { Endpoint } from '../config/endpoints.js';
import { MalwareScanner } from './malware-scanner.js';

/** The malware scanner of the whole server, where it is configured. */
@Module({})
export class ScanningModule {
  static with(clamd: Endpoint | undefined): DynamicModule {
    return {
      module: ScanningModule,
      global: true,
      providers: [{ provide: MalwareScanner, useFactory: () => new MalwareScanner(clamd) }],
      exports: [MalwareScanner],
    };
  }
}
