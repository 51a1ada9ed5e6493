import { Module, type DynamicModule } from '@nestjs/common';

import { OperationalModule } from './operational/operational.module.js';
import type { DatabaseServer } from './platform/config/config.js';
import { DatabaseModule } from './platform/database/database.module.js';
import { MailModule } from './platform/mail/mail.module.js';
import type { MailSettings } from './platform/mail/mailer.js';
import { PlatformModule } from './platform/platform.module.js';
import { SecurityModule, type SecuritySettings } from './platform/security/security.module.js';
import { ReferenceModule } from './reference/reference.module.js';

/** The whole server on one database. */
@Module({})
export class AppModule {
  static on(
    server: DatabaseServer,
    poolMax: number,
    mail?: MailSettings,
    security: SecuritySettings = {},
  ): DynamicModule {
    return {
      module: AppModule,
      imports: [
        DatabaseModule.forServer(server, poolMax),
        PlatformModule,
        MailModule.with(mail),
        SecurityModule.with(security),
        ReferenceModule,
        OperationalModule,
      ],
    };
  }
}
