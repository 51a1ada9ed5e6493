import type { BenchRecord } from './record.mjs';

export function short(value: number | undefined): string;
export function plainTable(record: Pick<BenchRecord, 'figures' | 'axis'>): string[];
export function markdownTable(record: Pick<BenchRecord, 'figures' | 'axis'>): string[];
