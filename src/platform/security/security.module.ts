import { Module, type DynamicModule } from '@nestjs/common';

import { DEFAULT_GRACE_DAYS, FactorGrace } from './factor-grace.js';
import { FieldCipher } from './field-cipher.js';
import { RelyingParties } from './relying-party.js';

/** What the operator decides about keys and addresses. */
export interface SecuritySettings {
  /** File of the key that fields are encrypted with; undefined: nothing can be. */
  readonly fieldKeyFile?: string | undefined;
  /** Address browsers come by, such as `https://pharmacy.example`; undefined: not known. */
  readonly origin?: string | undefined;
  /** Days of a new account before its second factor is due; undefined: DEFAULT_GRACE_DAYS. */
  readonly factorGraceDays?: number | undefined;
}

/** Keys and addresses of the whole server. */
@Module({})
export class SecurityModule {
  static with(settings: SecuritySettings): DynamicModule {
    return {
      module: SecurityModule,
      global: true,
      providers: [
        { provide: FieldCipher, useFactory: () => new FieldCipher(settings.fieldKeyFile) },
        { provide: RelyingParties, useFactory: () => new RelyingParties(settings.origin) },
        {
          provide: FactorGrace,
          useFactory: () => new FactorGrace(settings.factorGraceDays ?? DEFAULT_GRACE_DAYS),
        },
      ],
      exports: [FieldCipher, RelyingParties, FactorGrace],
    };
  }
}
