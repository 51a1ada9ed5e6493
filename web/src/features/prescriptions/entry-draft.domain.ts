/** Fields whose text may have been typed over what directions tell. */
const COMPUTED = ['quantity', 'daysSupply', 'doseAmount', 'doseUnit', 'frequencyPerDay'] as const;
export type Computed = (typeof COMPUTED)[number];

/** An entry that was not saved: numbers of records, and what was typed. No names, so that nothing of a patient is in it. */
export interface EntryDraft {
  /** When it was last written, milliseconds. */
  readonly savedAt: number;
  readonly patientId: number | undefined;
  readonly drugId: number | undefined;
  readonly prescriberId: number | undefined;
  readonly refills: string;
  readonly sig: string;
  readonly prescribedDate: string;
  readonly typed: Readonly<Partial<Record<Computed, string>>>;
  readonly documentIds: readonly number[];
}

/** Which fields hold what somebody typed. */
export function typedBy(textOf: (name: Computed) => string): EntryDraft['typed'] {
  const entries = COMPUTED.map((name) => [name, textOf(name)] as const);
  return Object.fromEntries(entries.filter(([, content]) => content !== ''));
}

/** What of a draft is compared: everything but when it was written. */
export const contentOf = ({ savedAt: _, ...content }: EntryDraft): string => JSON.stringify(content);

/** True where nothing was entered yet that is worth keeping. */
export function isBlank({ patientId, drugId, prescriberId, sig, typed, documentIds }: EntryDraft): boolean {
  return (
    [patientId, drugId, prescriberId].every((id) => id === undefined) &&
    sig.trim() === '' &&
    Object.keys(typed).length === 0 &&
    documentIds.length === 0
  );
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const id = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : undefined;
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A draft as it was written; undefined where the text is none, or of another version of the program. */
export function readDraft(written: string | null): EntryDraft | undefined {
  if (written === null) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(written);
  } catch {
    return undefined; // nothing of it can be used: the entry begins empty
  }
  if (!isRecord(value) || typeof value['savedAt'] !== 'number') return undefined;
  const typed = isRecord(value['typed']) ? value['typed'] : {};
  const documentIds: unknown[] = Array.isArray(value['documentIds']) ? value['documentIds'] : [];
  return {
    savedAt: value['savedAt'],
    patientId: id(value['patientId']),
    drugId: id(value['drugId']),
    prescriberId: id(value['prescriberId']),
    refills: text(value['refills']),
    sig: text(value['sig']),
    prescribedDate: text(value['prescribedDate']),
    typed: typedBy((name) => text(typed[name])),
    documentIds: documentIds.map(id).filter((one) => one !== undefined),
  };
}
