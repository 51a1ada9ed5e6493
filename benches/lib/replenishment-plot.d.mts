import type { Outcome } from './replenishment-run.mjs';

export function capitalAt(points: readonly Outcome[], lost: number): number | undefined;
