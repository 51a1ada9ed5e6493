import { Module, type DynamicModule } from '@nestjs/common';

import { Mailer, type MailSettings } from './mailer.js';

/** Mail of the whole server, where it is configured. */
@Module({})
export class MailModule {
  static with(settings: MailSettings | undefined): DynamicModule {
    return {
      module: MailModule,
      global: true,
      providers: [{ provide: Mailer, useFactory: () => new Mailer(settings) }],
      exports: [Mailer],
    };
  }
}
