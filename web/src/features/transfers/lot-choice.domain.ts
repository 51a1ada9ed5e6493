import { cleanZeros, decimalOrZero, formatDecimal } from '../../ui/money.domain';

/** A lot that may be sent, with what is free of it; base units. */
export interface SendableLot {
  readonly lotId: number;
  readonly free: string;
}

/** What each lot gives to a line, as typed; a lot that is not named gives nothing. */
export type LotChoice = Readonly<Record<number, string>>;

/** First expiry first, as the server would take it: the lots come in that order. */
export function fefoChoice(lots: readonly SendableLot[], wanted: string): LotChoice {
  const choice: Record<number, string> = {};
  let rest = decimalOrZero(wanted);
  for (const { lotId, free } of lots) {
    if (rest <= 0n) break;
    const has = decimalOrZero(free);
    const taken = has < rest ? has : rest;
    if (taken > 0n) choice[lotId] = formatDecimal(taken);
    rest -= taken;
  }
  return choice;
}

/** What a choice comes to. */
export const chosenSum = (choice: LotChoice): string =>
  formatDecimal(Object.values(choice).reduce((all, one) => all + decimalOrZero(one), 0n));

/** Why a choice cannot be sent: more than a lot has, more than was agreed to, or nothing; undefined where it can. */
export function choiceFault(
  choice: LotChoice,
  lots: readonly SendableLot[],
  approved: string,
): 'lot' | 'approved' | 'nothing' | undefined {
  const sum = decimalOrZero(chosenSum(choice));
  if (sum === 0n) return 'nothing';
  if (lots.some(({ lotId, free }) => decimalOrZero(choice[lotId]) > decimalOrZero(free))) return 'lot';
  return sum > decimalOrZero(approved) ? 'approved' : undefined;
}

/** Lots of a line as the server takes them. */
export const sentLots = (choice: LotChoice): { lotId: number; quantity: string }[] =>
  Object.entries(choice)
    .filter(([, quantity]) => decimalOrZero(quantity) > 0n)
    .map(([lotId, quantity]) => ({ lotId: Number(lotId), quantity: cleanZeros(quantity) }));
