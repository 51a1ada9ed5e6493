import { Module, type DynamicModule } from '@nestjs/common';

import { OperationalModule } from './operational/operational.module.js';
import { AuditSettingsModule, type AuditSettings } from './platform/config/audit-settings.module.js';
import type { DatabaseServer } from './platform/config/config.js';
import { DatabaseModule } from './platform/database/database.module.js';
import { MailModule } from './platform/mail/mail.module.js';
import type { MailSettings } from './platform/mail/mailer.js';
import { PlatformModule } from './platform/platform.module.js';
import { ReferenceModule } from './reference/reference.module.js';

/** The whole server on one database. */
@Module({})
export class AppModule {
  static on(
    server: DatabaseServer,
    poolMax: number,
    mail?: MailSettings,
    audit?: AuditSettings,
  ): DynamicModule {
    return {
      module: AppModule,
      imports: [
        DatabaseModule.forServer(server, poolMax),
        PlatformModule,
        MailModule.with(mail),
        AuditSettingsModule.with(audit),
        ReferenceModule,
        OperationalModule,
      ],
    };
  }
}
