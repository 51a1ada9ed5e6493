import { Module, type DynamicModule } from '@nestjs/common';

import { BackupSettings } from './backup-settings.js';

/** Where nobody said how, no backup is made. */
const NONE = new BackupSettings(
  { directory: undefined, hour: 0, keep: 1, keyFile: '', login: undefined },
  undefined,
);

/** How backups of the whole server are made. */
@Module({})
export class BackupSettingsModule {
  static with(settings: BackupSettings | undefined): DynamicModule {
    return {
      module: BackupSettingsModule,
      global: true,
      providers: [{ provide: BackupSettings, useValue: settings ?? NONE }],
      exports: [BackupSettings],
    };
  }
}
