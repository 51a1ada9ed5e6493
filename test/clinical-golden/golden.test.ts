// Golden cases: what well-known facts of pharmacology ask of a screening with the shipped rules, each with its source.
import { describe, expect, it } from 'vitest';

import type { ClinicalAlert } from '../../src/reference/clinical/clinical.types.js';
import { screen } from '../../src/reference/clinical/screening.domain.js';
import { field, readCases, StarterWorld, type CaseRow } from './starter-world.js';

const SEVERITIES = ['contraindicated', 'major', 'moderate', 'minor'];
const cases = readCases('golden-cases.csv');
const world = await StarterWorld.load();

/** An alert a case asks for: 'interaction major warfarin+ibuprofen'. */
interface Expected {
  readonly kind: string;
  readonly severity: string;
  readonly names: readonly string[];
}

function expectedOf(row: CaseRow): Expected[] {
  return field(row, 'expected')
    .split('; ')
    .filter(Boolean)
    .map((text) => {
      const [kind = '', severity = '', ...rest] = text.split(' ');
      const names = rest.join(' ').split('+');
      return { kind, severity, names: names.map((name) => (world.knows(name) ? world.nameOf(name) : name)) };
    });
}

const concerns = (alert: ClinicalAlert, { kind, names }: Expected): boolean =>
  alert.kind === kind && names.every((name) => alert.subjects.some((subject) => subject.name === name));

const shown = (alert: ClinicalAlert): string =>
  `${alert.kind} ${alert.severity} ${alert.subjects.map(({ name }) => name).join('+')} (${alert.ruleCode ?? '-'})`;

/** What is wrong with the alerts: an expected one missing or of another gravity, or a stop nobody expects. */
function faultsOf(alerts: readonly ClinicalAlert[], expected: readonly Expected[]): string[] {
  const faults: string[] = [];
  for (const wanted of expected) {
    const found = alerts.filter((alert) => concerns(alert, wanted));
    // Alerts come gravest first.
    if (found[0]?.severity !== wanted.severity)
      faults.push(
        `${wanted.kind} ${wanted.names.join('+')}: ${wanted.severity} expected, ${found.map(shown).join(', ') || 'nothing'} found`,
      );
  }
  for (const alert of alerts)
    if (alert.stops && !expected.some((wanted) => concerns(alert, wanted)))
      faults.push(`not expected: ${shown(alert)}`);
  return faults;
}

describe('golden cases', () => {
  it('are 450 or more, 120 or more of them without any stop, each with a source and a name of its own', () => {
    expect(cases.length).toBeGreaterThanOrEqual(450);
    const quiet = cases.filter((row) => expectedOf(row).every(({ severity }) => !stops(severity)));
    expect(quiet.length).toBeGreaterThanOrEqual(120);
    expect(cases.filter((row) => field(row, 'source').trim().length < 3)).toEqual([]);
    expect(new Set(cases.map((row) => field(row, 'case'))).size).toBe(cases.length);
    for (const row of cases)
      for (const { severity, names } of expectedOf(row)) {
        expect(SEVERITIES).toContain(severity);
        expect(names.length).toBeGreaterThan(0);
      }
  });

  it.each(cases.map((row) => [field(row, 'case'), row] as const))('%s', (_name, row) => {
    const facts = world.facts(row);
    const { alerts } = screen(facts, world.knowledge(facts));
    expect(faultsOf(alerts, expectedOf(row)), `${field(row, 'proposed')} | ${field(row, 'patient')}`).toEqual(
      [],
    );
  });

  it('hold the other way round: what is current proposed, what is proposed current', () => {
    const both = cases.filter((row) => field(row, 'current') !== '' && field(row, 'patient') === '');
    expect(both.length).toBeGreaterThan(250);
    const faults = both.flatMap((row) => {
      const facts = world.facts(row);
      const turned = { ...facts, proposed: facts.current, current: facts.proposed };
      // Two current medicines are not reported against each other, so only pairs turn round exactly.
      const pairs = facts.proposed.length === 1 && facts.current.length === 1;
      return pairs ? faultsOf(screen(turned, world.knowledge(turned)).alerts, expectedOf(row)) : [];
    });
    expect(faults).toEqual([]);
  });
});

function stops(severity: string): boolean {
  return severity === 'contraindicated' || severity === 'major';
}
