import { Module, type DynamicModule } from '@nestjs/common';

import { OperationalModule } from './operational/operational.module.js';
import { AuditSettingsModule, type AuditSettings } from './platform/config/audit-settings.module.js';
import type { DatabaseServer, ReplicaSettings } from './platform/config/config.js';
import { DatabaseModule } from './platform/database/database.module.js';
import { BackupSettingsModule } from './platform/database/recovery/backup-settings.module.js';
import type { BackupSettings } from './platform/database/recovery/backup-settings.js';
import { MailModule } from './platform/mail/mail.module.js';
import type { MailSettings } from './platform/mail/mailer.js';
import type { Endpoint } from './platform/config/endpoints.js';
import { PlatformModule } from './platform/platform.module.js';
import { ScanningModule } from './platform/scanning/scanning.module.js';
import { SecurityModule, type SecuritySettings } from './platform/security/security.module.js';
import { StorageModule } from './platform/storage/storage.module.js';
import type { StorageSettings } from './platform/storage/storage-watch.js';
import { ReferenceModule } from './reference/reference.module.js';

/** What a server may have beside its database. */
export interface ServerSettings {
  /** Without it nothing is read late. */
  readonly replicas?: ReplicaSettings | undefined;
  /** Without it no mail is sent. */
  readonly mail?: MailSettings | undefined;
  /** Without it the audit trail is written and not sealed. */
  readonly audit?: AuditSettings | undefined;
  /** Without it no disk is watched. */
  readonly storage?: StorageSettings | undefined;
  /** Without it no backup is made by itself, and none is shown. */
  readonly backups?: BackupSettings | undefined;
  /** Where a clamd answers; without it files of others are not scanned for malware. */
  readonly clamd?: Endpoint | undefined;
  /** Where the key of encrypted fields lies and by which origin browsers come. */
  readonly security?: SecuritySettings;
}

/** The whole server on one database. */
@Module({})
export class AppModule {
  static on(
    server: DatabaseServer,
    poolMax: number,
    { replicas, mail, audit, storage, backups, clamd, security = {} }: ServerSettings = {},
  ): DynamicModule {
    return {
      module: AppModule,
      imports: [
        DatabaseModule.forServer(server, poolMax, replicas),
        PlatformModule,
        MailModule.with(mail),
        AuditSettingsModule.with(audit),
        StorageModule.with(storage),
        BackupSettingsModule.with(backups),
        ScanningModule.with(clamd),
        SecurityModule.with(security),
        ReferenceModule,
        OperationalModule,
      ],
    };
  }
}
