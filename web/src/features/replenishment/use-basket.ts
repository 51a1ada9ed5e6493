import { useState } from 'react';
import type { SuggestionRow } from '../../api/types';

/** What somebody made of a suggestion. */
export interface Choice {
  /** As typed; undefined: as suggested. */
  readonly packs?: string;
  readonly supplierId?: number;
  readonly isSkipped?: boolean;
}

/** A suggestion as it will be ordered. */
export interface Wanted {
  readonly row: SuggestionRow;
  readonly packs: string;
  readonly supplierId: number | null;
  readonly isSkipped: boolean;
  /** Whether it will be in an order. */
  readonly isOrdered: boolean;
}

/** Suggestions with what was changed of them. */
export function useBasket(rows: readonly SuggestionRow[]) {
  const [choices, setChoices] = useState<ReadonlyMap<number, Choice>>(new Map());
  const wanted = rows.map((row) => wantedOf(row, choices.get(row.drugId) ?? {}));
  return {
    wanted,
    change: (drugId: number, change: Choice): void =>
      setChoices((before) => new Map(before).set(drugId, { ...before.get(drugId), ...change })),
    /** Leaves a product out, or takes it in again. */
    toggle: (drugId: number): void =>
      setChoices((before) => {
        const choice = before.get(drugId);
        return new Map(before).set(drugId, { ...choice, isSkipped: !(choice?.isSkipped ?? false) });
      }),
    clear: (): void => setChoices(new Map()),
  };
}

function wantedOf(row: SuggestionRow, choice: Choice): Wanted {
  const packs = choice.packs ?? String(row.packs);
  const supplierId = choice.supplierId ?? row.supplierId;
  const isSkipped = choice.isSkipped ?? false;
  const isOrdered = !isSkipped && supplierId !== null && /^[1-9]\d{0,4}$/.test(packs);
  return { row, packs, supplierId, isSkipped, isOrdered };
}
