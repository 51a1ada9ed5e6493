// The alarm rules that are shipped ask for figures there are: one that was renamed would be an alarm that never comes.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

import { JobsService } from '../../src/platform/jobs/jobs.service.js';
import { Metrics } from '../../src/platform/metrics/metrics.js';
import { packageRoot } from '../../src/platform/package-root.js';
import { useTestApp } from '../support/app.js';

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly what: string };
}

const NAMES = /\bmeditory_\w+/g;

describe('alarm rules', () => {
  const { app } = useTestApp();
  const file = readFileSync(join(packageRoot(), 'docs', 'prometheus-alarms.yml'), 'utf8');
  const { groups } = parse(file) as { groups: readonly { readonly rules: readonly Rule[] }[] };
  const rules = groups.flatMap((group) => group.rules);

  it('name only figures the server tells', async () => {
    const server = app();
    await server.get(JobsService, { strict: false }).run('stock-check');
    server.get(Metrics).observe('POST', '/api/sales', 201, 0.01);
    const told = new Set((await server.get(Metrics).text()).match(NAMES));
    // Not told without backups or seals.
    const src = join(packageRoot(), 'src');
    for (const name of readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((one) =>
      /(?<!\.test)\.ts$/.test(one),
    ))
      for (const [, figure = ''] of readFileSync(join(src, name), 'utf8').matchAll(/'(meditory_\w+)'/g))
        told.add(figure);
    const asked = rules.flatMap(({ expr }) => expr.match(NAMES) ?? []);
    expect(asked.length).toBeGreaterThan(10);
    expect(asked.filter((name) => !told.has(name))).toEqual([]);
  });

  it('have one name each, and say what is wrong and what to do', () => {
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
    for (const { alert, labels, annotations } of rules) {
      expect(['page', 'ticket'], alert).toContain(labels.severity);
      expect(annotations.summary.length, alert).toBeGreaterThan(10);
      expect(annotations.what.length, alert).toBeGreaterThan(5);
    }
  });
});
