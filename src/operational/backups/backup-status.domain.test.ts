import { describe, expect, it } from 'vitest';

import {
  ageText,
  isDue,
  isFresh,
  lastTime,
  nextTime,
  promises,
  type BackupFacts,
} from './backup-status.domain.js';

/** By the clock of the machine, whatever its zone. */
const at = (day: number, hour: number, minute = 0): Date => new Date(2026, 10, day, hour, minute);
const backup = (takenAt: Date, more: Partial<BackupFacts> = {}): BackupFacts => ({
  takenAt,
  provenAt: takenAt,
  restoreSeconds: 12,
  end: 100n,
  ...more,
});
const NOW = at(20, 10);
const due = { hour: 3, now: NOW, backups: [], archive: undefined, failedAt: undefined };

describe('when a backup is due', () => {
  it('knows the last time it was three', () => {
    expect(lastTime(3, at(20, 3))).toEqual(at(20, 3));
    expect(lastTime(3, at(20, 2, 59))).toEqual(at(19, 3));
  });

  it('is due where there is none, and once a day', () => {
    expect(isDue(due)).toBe(true);
    expect(isDue({ ...due, backups: [backup(at(20, 2, 59))] })).toBe(true);
    expect(isDue({ ...due, backups: [backup(at(20, 3, 1))] })).toBe(false);
  });

  it('is due as long as the last one was not proved', () => {
    const unproven = backup(at(20, 9), { provenAt: undefined });
    expect(isDue({ ...due, backups: [unproven] })).toBe(true);
    expect(isDue({ ...due, backups: [unproven, backup(at(20, 4))] })).toBe(false);
  });

  it('is due where the archived log begins after the last one', () => {
    const backups = [backup(at(20, 4))];
    expect(isDue({ ...due, backups, archive: { from: 101n, until: NOW } })).toBe(true);
    expect(isDue({ ...due, backups, archive: { from: 100n, until: NOW } })).toBe(false);
  });

  it('waits an hour after a failure', () => {
    expect(isDue({ ...due, failedAt: at(20, 9, 1) })).toBe(false);
    expect(isDue({ ...due, failedAt: at(20, 9) })).toBe(true);
  });

  it('is made next at its hour, at once where it is due, and not in the hour after a failure', () => {
    const backups = [backup(at(20, 4))];
    expect(nextTime({ ...due, backups })).toEqual(at(21, 3));
    expect(nextTime({ ...due, hour: 11, backups: [backup(at(19, 12))] })).toEqual(at(20, 11));
    expect(nextTime(due)).toEqual(NOW);
    expect(nextTime({ ...due, failedAt: at(20, 9, 30) })).toEqual(at(20, 10, 30));
    expect(nextTime({ ...due, backups, failedAt: at(20, 9, 30) })).toEqual(at(21, 3));
    expect(nextTime({ ...due, failedAt: at(20, 8) })).toEqual(NOW);
  });
});

describe('what backups promise', () => {
  it('lets an upgrade rely on one of the last day alone', () => {
    expect(isFresh([backup(at(19, 10))], NOW)).toBe(true);
    expect(isFresh([backup(at(19, 9, 59))], NOW)).toBe(false);
    expect(isFresh([backup(at(20, 9), { provenAt: undefined })], NOW)).toBe(false);
  });

  it('tells what would be lost by the archived log, or by the last backup', () => {
    const backups = [
      backup(at(20, 4), { provenAt: undefined, restoreSeconds: undefined }),
      backup(at(19, 4)),
    ];
    expect(promises(backups, undefined, NOW)).toEqual({ rpoSeconds: 6 * 3600, rtoSeconds: 12 });
    expect(promises(backups, { from: 1n, until: at(20, 9, 59) }, NOW).rpoSeconds).toBe(60);
    // A gap between the backup and the log: the log is of no use.
    expect(promises(backups, { from: 101n, until: at(20, 9, 59) }, NOW).rpoSeconds).toBe(6 * 3600);
    expect(promises([], { from: 1n, until: NOW }, NOW)).toEqual({ rpoSeconds: null, rtoSeconds: null });
  });

  it('says ages as people do', () => {
    expect([7, 119, 120, 7199, 7200, 172_800].map(ageText)).toEqual(['7 s', '119 s', '2 min', '120 min', '2 h', '2 days']); // prettier-ignore
  });
});
