import { describe, expect, it } from 'vitest';

import { figuresOf, findingOf } from './backup-health.js';
import type { BackupStatus, BackupView } from './backups.types.js';

const NOW = new Date('2026-11-20T10:00:00Z');
const backup = (takenAt: string, checkedAt: string | null): BackupView => ({
  ...{ id: takenAt, kind: 'physical', takenAt, endedAt: takenAt, bytes: 1, program: '1' },
  ...{ checkedAt, isProven: checkedAt !== null, restoreSeconds: 2, faults: [] },
});
const proven = backup('2026-11-20T03:00:00Z', '2026-11-20T04:00:00Z');
const status = (more: Partial<BackupStatus> = {}): BackupStatus => ({
  ...{ directory: '/secret/place', lastBackup: proven, lastProven: proven, rpoSeconds: 30, rtoSeconds: 2 },
  ...{ archivedUntil: null, archiveBytes: null, lastFailure: null },
  ...more,
});

describe('what the health check says of backups', () => {
  it('is content with one that was proved within two days, or where nobody wanted any', () => {
    expect(findingOf(status(), NOW)).toEqual({
      state: 'ok',
      words: 'last proven backup of 2026-11-20T03:00:00Z, 30 s would be lost',
    });
    const edge = backup('2026-11-18T10:00:00Z', '2026-11-18T10:05:00Z');
    expect(findingOf(status({ lastProven: edge }), NOW).state).toBe('ok');
    expect(findingOf(status({ directory: null, lastProven: null }), NOW).state).toBe('ok');
  });

  it('is not where none is proven, the last one is too old, or they fail', () => {
    expect(findingOf(status({ lastProven: null, rpoSeconds: null }), NOW)).toEqual({
      state: 'degraded',
      words: 'no proven backup',
    });
    const late = backup('2026-11-18T09:59:59Z', '2026-11-20T09:00:00Z');
    expect(findingOf(status({ lastProven: late }), NOW).state).toBe('degraded');
    const failed = { at: '2026-11-20T09:00:00Z', message: 'no space in /secret/place' };
    const { state, words } = findingOf(status({ lastFailure: failed }), NOW);
    expect(state).toBe('degraded');
    expect(words).toContain('failing since 2026-11-20T09:00:00Z');
    expect(words).not.toContain('secret');
  });
});

describe('figures of backups', () => {
  it('are the age of the newest one, and the time since the last proof', () => {
    const newer = backup('2026-11-20T09:00:00Z', null);
    const figures = figuresOf(status({ lastBackup: newer }), NOW);
    expect(figures.map(({ name, value }) => [name, value])).toEqual([
      ['meditory_backup_age_seconds', 3600],
      ['meditory_backup_proof_age_seconds', 6 * 3600],
    ]);
  });

  it('are not there where there is no backup', () => {
    expect(figuresOf(status({ lastBackup: null, lastProven: null }), NOW)).toEqual([]);
  });
});
