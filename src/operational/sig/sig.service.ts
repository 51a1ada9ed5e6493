import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NotFound } from '../../platform/errors/domain-error.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import {
  amountsOf,
  daysOfQuantity,
  singleDoseOf,
  unitOfWord,
  type SingleDose,
} from './sig-amounts.domain.js';
import { arabicAmount, toArabic } from './sig-arabic.domain.js';
import { englishAmount, toEnglish } from './sig-english.domain.js';
import { contextOf, unitsOf } from './sig-medicine.domain.js';
import { saysSomething } from './sig-method.domain.js';
import { readSig } from './sig-reading.domain.js';
import { toShorthand } from './sig-shorthand.domain.js';
import { SigRepository } from './sig.repository.js';
import type { ParseSig, SigReading } from './sig.schemas.js';
import type { Sig } from './sig.types.js';

/** Directions as a prescription keeps them; `structure` null where they are kept as written alone. */
export interface KeptDirections {
  readonly structure: Sig | null;
  readonly dose: SingleDose | null;
}

/** Directions in words. */
export interface DirectionsText {
  readonly shorthand: string;
  readonly english: string;
  readonly arabic: string;
}

/** Directions for use: shorthand to structure to text. */
@Injectable()
export class SigService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly medicines: SigRepository,
  ) {}

  /** Reads directions, of a medicine where one is named; throws NotFound for one that is not there. */
  parse(ctx: RequestContext, input: z.output<typeof ParseSig>): Promise<z.output<typeof SigReading>> {
    return this.uow.read(ctx, async (tx) => {
      const facts = input.drugId === undefined ? undefined : await this.factsOf(tx, input.drugId);
      const { sig, unread, warnings } = readSig(input.sig, facts && contextOf(facts));
      const units = facts && unitsOf(facts);
      return {
        ...textOf(sig),
        ...amountsOf(sig, units),
        steps: sig.steps.map((step) => structuredClone(step) as z.output<typeof SigReading>['steps'][number]),
        unread: [...unread],
        warnings: [...warnings],
        dose: singleDoseOf(sig),
        daysOfQuantity:
          units && input.quantity !== undefined ? daysOfQuantity(sig, input.quantity, units) : null,
      };
    });
  }

  /**
   * What a prescription keeps beside the words. Where a word has two meanings, or nothing was understood, nothing is kept:
   * the label then says what was written.
   */
  async keep(tx: Tx, drugId: number, written: string): Promise<KeptDirections> {
    const { sig, warnings } = readSig(written, contextOf(await this.factsOf(tx, drugId)));
    const isAmbiguous = warnings.some((warning) => warning.readAs === null);
    const isKept = !isAmbiguous && sig.steps.some((step) => saysSomething(step) || step.advice.length > 0);
    return isKept ? { structure: sig, dose: singleDoseOf(sig) } : { structure: null, dose: null };
  }

  /** Kept directions in words; null where none are kept. */
  text(structure: Sig | null): DirectionsText | null {
    return structure && textOf(structure);
  }

  /** "30 tablets", "30 قرصًا"; a unit without words here is said as the catalogue writes it. */
  counted(amount: string, baseUnit: string, language: 'ar' | 'en'): string {
    const unit = unitOfWord(baseUnit);
    if (!unit) return `${amount} ${baseUnit}`;
    const dose = { min: amount, max: null, unit };
    return language === 'ar' ? arabicAmount(dose) : englishAmount(dose);
  }

  private async factsOf(tx: Tx, drugId: number) {
    const facts = await this.medicines.medicine(tx, drugId);
    if (!facts) throw new NotFound('drug');
    return facts;
  }
}

const textOf = (sig: Sig): DirectionsText => ({
  shorthand: toShorthand(sig),
  english: toEnglish(sig),
  arabic: toArabic(sig),
});
