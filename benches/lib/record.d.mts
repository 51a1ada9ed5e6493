/** What was measured of one subject; `at` is where it stands on the axis of its record. */
export interface Figure {
  readonly of: string;
  readonly at?: number;
  readonly [measure: string]: string | number | undefined;
}
export interface BenchRecord {
  readonly bench: string;
  readonly date: string;
  readonly commit: string;
  readonly processor: { readonly model: string; readonly cores: number };
  readonly load: number;
  readonly node: string;
  readonly postgres: string;
  readonly sizes: Readonly<Record<string, string | number>>;
  readonly axis?: string;
  readonly figures: readonly Figure[];
  readonly notes: readonly string[];
}
export interface Compared {
  readonly subject: string;
  readonly measure: string;
  readonly before: number;
  readonly now: number;
  readonly ratio: number | undefined;
  readonly isWorse: boolean;
}
export const RECORDS: string;
export function conditions(): Pick<
  BenchRecord,
  'date' | 'commit' | 'processor' | 'load' | 'node' | 'postgres'
>;
export function readRecord(name: string, folder?: string): BenchRecord | undefined;
export function writeRecord(name: string, record: BenchRecord, folder?: string): void;
export function differingSizes(before: BenchRecord, now: BenchRecord): string[];
export function compareRecords(
  before: BenchRecord,
  now: BenchRecord,
): {
  readonly rows: readonly Compared[];
  readonly gone: readonly string[];
  readonly added: readonly string[];
};
export function sayComparison(before: BenchRecord, now: BenchRecord): string[];
