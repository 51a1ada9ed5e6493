import { describe, expect, it } from 'vitest';

import type { BundleReport } from '../operational/fhir/bundle-import/bundle.types.js';
import { fhirCsv, fhirLines, fhirSummary, refusedBundle } from './fhir-report.js';

const NONE = { imported: 0, updated: 0, unchanged: 0, used: 0, skipped: 0 };
const report: BundleReport & { isFailure: boolean } = {
  source: 'a.json',
  status: 'imported',
  reason: null,
  bundleType: 'transaction',
  resources: 3,
  patients: [{ patientId: 7, outcome: 'imported' }],
  counts: { ...NONE, imported: 2, skipped: 1 },
  byType: [
    { resourceType: 'Claim', ...NONE, skipped: 1 },
    { resourceType: 'Patient', ...NONE, imported: 2 },
  ],
  notes: [
    { resourceType: 'Claim', outcome: 'skipped', reason: '=kinds "not kept"', count: 1, first: ['Claim/1'] },
  ],
  isFailure: false,
};

describe('the report of imported bundles', () => {
  it('counts bundles, people and resources, and says why those were refused that were', () => {
    const refused = Array.from({ length: 25 }, (_, at) =>
      refusedBundle(`${at}.json`, 'no reason to keep it'),
    );
    const summary = fhirSummary('MAIN', [report, { ...report, status: 'unchanged' }, ...refused], 2);
    expect(summary).toMatchObject({
      bundles: 27,
      imported: 1,
      unchanged: 1,
      refused: 25,
      failed: 0,
      patients: 1,
    });
    const lines = fhirLines(summary);
    expect(lines[0]).toBe('27 bundles at branch MAIN in 2.0 s: 1 imported, 1 unchanged, 25 refused');
    expect(lines[1]).toContain('4 imported, 0 updated, 0 unchanged, 0 used, 2 skipped');
    expect(lines[2]).toBe('refused 0.json: no reason to keep it');
    expect(lines.at(-1)).toContain('5 more');
  });

  it('is a table a spreadsheet reads as text', () => {
    expect(fhirCsv([report, refusedBundle('b.json', 'a, b')])).toBe(
      [
        'file,status,resource,outcome,count,reason,first',
        'a.json,imported,Claim,skipped,1,,',
        'a.json,imported,Patient,imported,2,,',
        `a.json,imported,Claim,skipped,1,"'=kinds ""not kept""",Claim/1`,
        'b.json,refused,,,,"a, b",',
        '',
      ].join('\n'),
    );
  });
});
