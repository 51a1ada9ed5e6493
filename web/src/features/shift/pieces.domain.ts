import { decimalOrZero } from '../../ui/money.domain';

/** How many of each note and coin, as typed, by face value. */
export type PiecesTyped = Readonly<Record<string, string>>;

const DIGITS = 6;

/** A number of pieces as typed, without what cannot be part of one. */
export const cleanPieces = (typed: string): string => typed.replace(/\D/g, '').slice(0, DIGITS);

/** What the notes and coins are worth together, in thousandths. */
export function worthOf(typed: PiecesTyped): bigint {
  let worth = 0n;
  for (const [denomination, pieces] of Object.entries(typed))
    worth += decimalOrZero(denomination) * BigInt(cleanPieces(pieces) || '0');
  return worth;
}

/** The pieces as the server takes them; those that nobody counted are left out. */
export function piecesOf(typed: PiecesTyped): { denomination: string; pieces: number }[] {
  return Object.entries(typed).flatMap(([denomination, pieces]) => {
    const count = Number.parseInt(cleanPieces(pieces), 10);
    return Number.isNaN(count) || count === 0 ? [] : [{ denomination, pieces: count }];
  });
}
