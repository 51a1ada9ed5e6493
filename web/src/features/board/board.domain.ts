/** The columns in the order work goes through them; their keys are 1 to 5. */
export const COLUMNS = ['entry', 'fill', 'verify', 'ready', 'problem'] as const;
export type ColumnId = (typeof COLUMNS)[number];

/** What names a card. */
interface Named {
  prescriptionId: number;
  fillId: number | null;
}

/** What of a card is looked through, and whose it is. */
interface Searched {
  rxNumber: string;
  patientName: string;
  patientNameAr: string | null;
  drugName: string;
  drugNameAr: string | null;
  strength: string | null;
  bin: string | null;
  lease: { userId: number } | null;
}

/** What of a column says whether there is work in it. */
interface Pulled {
  column: ColumnId;
  cards: readonly { lease: object | null }[];
}

/** Where a card is worked on. */
export function targetOf(card: Pick<Named, 'prescriptionId'>) {
  return {
    to: '/prescriptions/$prescriptionId',
    params: { prescriptionId: String(card.prescriptionId) },
  } as const;
}

/** One name for a card, whatever it says. */
export const cardKey = (card: Named): string =>
  card.fillId === null ? `p${card.prescriptionId}` : `f${card.fillId}`;

const MINUTE_MS = 60_000;
/** What is promised within this time is to be begun now. */
const SOON_MS = 10 * MINUTE_MS;

/** How a promise stands: whole minutes late, or left. */
export interface Standing {
  kind: 'late' | 'soon' | 'later';
  minutes: number;
}

export function standingOf(promisedAt: string, now: number): Standing {
  const left = Date.parse(promisedAt) - now;
  if (left < 0) return { kind: 'late', minutes: Math.max(1, Math.floor(-left / MINUTE_MS)) };
  return { kind: left <= SOON_MS ? 'soon' : 'later', minutes: Math.floor(left / MINUTE_MS) };
}

/** An age in its largest whole unit; never below zero, whatever the clocks say. */
export function ageOf(since: string, now: number): { value: number; unit: 'minute' | 'hour' | 'day' } {
  const minutes = Math.max(0, Math.floor((now - Date.parse(since)) / MINUTE_MS));
  if (minutes < 120) return { value: minutes, unit: 'minute' };
  if (minutes < 48 * 60) return { value: Math.floor(minutes / 60), unit: 'hour' };
  return { value: Math.floor(minutes / 1440), unit: 'day' };
}

/** The next time that is promised in any column; undefined: none is. */
export function nextPromised(board: {
  columns: readonly { nextPromisedAt: string | null }[];
}): string | undefined {
  const times = board.columns.flatMap(({ nextPromisedAt }) => nextPromisedAt ?? []);
  return times.toSorted((a, b) => Date.parse(a) - Date.parse(b))[0];
}

/** The cards a filter leaves: words in any order, in number, patient, product or bin. */
export function filterCards<Card extends Searched>(
  cards: readonly Card[],
  { q, mine }: { q: string | undefined; mine: number | undefined },
): Card[] {
  const words = (q ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  return cards.filter((card) => {
    if (mine !== undefined && card.lease?.userId !== mine) return false;
    const text = [
      card.rxNumber,
      card.patientName,
      card.patientNameAr,
      card.drugName,
      card.drugNameAr,
      card.strength,
      card.bin,
    ]
      .join(' ')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** What takes work from a column; the server decides by the kind of each card. */
const RIGHTS = {
  entry: ['WritePrescription', 'VerifyPrescription'],
  fill: ['DispensePrescription'],
  verify: ['VerifyPrescription'],
  ready: ['DispensePrescription'],
  problem: ['WritePrescription', 'DispensePrescription'],
} as const satisfies Record<ColumnId, readonly string[]>;
type Right = (typeof RIGHTS)[ColumnId][number];

export const mayTake = (column: ColumnId, can: (right: Right) => boolean): boolean =>
  RIGHTS[column].some(can);

/** Nearest to the patient first: what is begun is finished before more is begun. What waits for him waits for him. */
const PULL: readonly ColumnId[] = ['verify', 'fill', 'entry', 'problem', 'ready'];

/** Where the next work is taken from: the column one is in, else the first that holds something free one may take. */
export function columnToTake(
  columns: readonly Pulled[],
  current: ColumnId | undefined,
  can: (right: Right) => boolean,
): ColumnId | undefined {
  if (current !== undefined) return mayTake(current, can) ? current : undefined;
  const allowed = PULL.filter((column) => mayTake(column, can));
  const hasFree = (column: ColumnId): boolean =>
    columns.find((one) => one.column === column)?.cards.some(({ lease }) => lease === null) ?? false;
  return allowed.find(hasFree) ?? allowed[0];
}

/** A place on the board: column from 0, card from 0. */
export interface Place {
  column: number;
  row: number;
}
export type Step = 'up' | 'down' | 'left' | 'right';

/**
 * The card an arrow leads to; sideways over columns that are empty, to the same height or the last card. Undefined: there is
 * none that way. `heights` are the cards of each column; left and right as they are seen.
 */
export function stepFrom(
  place: Place | undefined,
  step: Step,
  heights: readonly number[],
  isRtl: boolean,
): Place | undefined {
  if (!place) {
    const column = heights.findIndex((height) => height > 0);
    return column === -1 ? undefined : { column, row: 0 };
  }
  const { column, row } = place;
  if (step === 'up') return row > 0 ? { column, row: row - 1 } : undefined;
  if (step === 'down') return row + 1 < (heights[column] ?? 0) ? { column, row: row + 1 } : undefined;
  const by = (step === 'right') === isRtl ? -1 : 1;
  for (let next = column + by; next >= 0 && next < heights.length; next += by) {
    const height = heights[next] ?? 0;
    if (height > 0) return { column: next, row: Math.min(row, height - 1) };
  }
  return undefined;
}
