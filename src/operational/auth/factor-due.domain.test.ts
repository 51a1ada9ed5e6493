import { describe, expect, it } from 'vitest';

import { GRAVE_PERMISSIONS, SEEDED_ROLES } from '../../platform/security/permissions.js';
import { factorDaysLeft, type FactorStanding } from './factor-due.domain.js';

const DAY = 24 * 3600;
const daysLeft = (standing: FactorStanding, graceDays: number): number | undefined =>
  factorDaysLeft(standing, graceDays, GRAVE_PERMISSIONS);
const of = (more: Partial<FactorStanding>): FactorStanding => ({
  lacksFactor: true,
  askedForSeconds: 0,
  isAtTill: false,
  permissions: ['Sell'],
  ...more,
});

describe('the second factor a role asks for', () => {
  it.each([
    [0, 14],
    [1, 14],
    [DAY, 13],
    [13 * DAY + 1, 1],
    [14 * DAY - 1, 1],
    [14 * DAY, 0],
    [400 * DAY, 0],
  ])('leaves, %d seconds after it was asked for, %d days', (askedForSeconds, days) => {
    expect(daysLeft(of({ askedForSeconds }), 14)).toBe(days);
  });

  it('is due at once where the installation gives no time, and never for who has one', () => {
    expect(daysLeft(of({}), 0)).toBe(0);
    expect(daysLeft(of({ lacksFactor: false, askedForSeconds: 400 * DAY }), 0)).toBeUndefined();
  });

  it('is there at a registered till, but not for who may do what is grave', () => {
    const late = { askedForSeconds: 400 * DAY, isAtTill: true };
    expect(daysLeft(of(late), 14)).toBeUndefined();
    for (const grave of GRAVE_PERMISSIONS)
      expect(daysLeft(of({ ...late, permissions: ['Sell', grave] }), 14), grave).toBe(0);
    const atTill = (role: string) =>
      daysLeft(of({ ...late, permissions: SEEDED_ROLES[role]?.permissions ?? [] }), 14);
    for (const role of ['cashier', 'technician', 'inventory clerk', 'auditor'])
      expect(atTill(role), role).toBeUndefined();
    for (const role of ['administrator', 'pharmacist']) expect(atTill(role), role).toBe(0);
  });
});
