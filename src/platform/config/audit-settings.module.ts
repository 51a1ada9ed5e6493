import { Module, type DynamicModule } from '@nestjs/common';

/** Where the keys of the audit trail and the anchors of its chain lie, both outside of the database. */
export interface AuditSettings {
  readonly keyFile: string;
  /** True: a first key is made where there is none; else the file must be there. */
  readonly mayMakeKey: boolean;
  readonly anchorFile: string;
}

export const AUDIT_SETTINGS = Symbol('AuditSettings');

/** Settings of the audit chain for the whole server; without them the trail is written and not sealed. */
@Module({})
export class AuditSettingsModule {
  static with(settings: AuditSettings | undefined): DynamicModule {
    return {
      module: AuditSettingsModule,
      global: true,
      providers: [{ provide: AUDIT_SETTINGS, useValue: settings ?? null }],
      exports: [AUDIT_SETTINGS],
    };
  }
}
