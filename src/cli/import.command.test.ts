import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import type { ImportSummary } from '../reference/imports/imports.types.js';
import { importCatalogue } from './import.command.js';
import { impactLines, releaseLines, releaseListLines, revertLines, summaryLines } from './import-report.js';
import { ruleReleaseLines, ruleRevertLines } from './import-rules.command.js';
import { ProgressPrinter, progressLine } from './import-progress.js';
import { csvCell, RejectsFile } from './rejects-file.js';

const MB = 1024 * 1024;

describe('progress', () => {
  const reading = {
    phase: 'reading' as const,
    rows: 5000,
    bytesRead: MB,
    bytesTotal: 4 * MB,
    rowsPerSecond: 0,
  };

  it('tells share by bytes, rate and time left', () => {
    expect(progressLine(reading, 2)).toBe('reading 25 %, 5000 rows, 2500 rows/s, 6 s left');
    expect(progressLine({ ...reading, bytesRead: MB / 16 }, 2)).toMatch(/reading 1 %, .* 2 min 06 s left/);
    expect(progressLine({ ...reading, rows: 0, bytesRead: 0 }, 0)).toMatch(/reading 0 %.*unknown time left/);
  });

  it('writes at most one plain line a second where there is no terminal', () => {
    const lines: string[] = [];
    let time = 0;
    const printer = new ProgressPrinter({ write: (text) => lines.push(text) }, () => time);
    for (time = 0; time < 3500; time += 10) printer.show(reading);
    printer.show({ ...reading, phase: 'applying' });
    printer.end();
    expect(lines).toHaveLength(5);
    expect(lines.every((line) => line.endsWith('\n') && !line.includes('\r'))).toBe(true);
    expect(lines.at(-1)).toBe('5000 rows read, applying in one transaction …\n');
  });

  it('rewrites one line on a terminal and clears it at the end', () => {
    let text = '';
    const printer = new ProgressPrinter({ isTTY: true, write: (part) => (text += part) }, () => 0);
    printer.show(reading);
    printer.end();
    expect(text).toMatch(/^\r.*left\r\u001b\[K$/);
    expect(text).not.toContain('\n');
  });
});

describe('the file of rejects', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+20 tabs', "'+20 tabs"],
    ['-3', "'-3"],
    ['@cmd', "'@cmd"],
    ['=A1,"x"', `"'=A1,""x"""`],
    ['two\nlines', '"two\nlines"'],
    ['plain', 'plain'],
    [7, '7'],
  ])('writes %j as a spreadsheet shows it, not as a formula', (value, cell) => {
    expect(csvCell(value)).toBe(cell);
  });

  it('holds a line for every refused row', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'meditory-rejects-'));
    try {
      const path = join(folder, 'rejects.csv');
      const file = await RejectsFile.create(path);
      file.add({ file: 'a.csv', line: 3, column: 'price', reason: 'is negative', value: '-3' });
      await file.close();
      expect(await readFile(path, 'utf8')).toBe(
        "file,line,column,reason,value\na.csv,3,price,is negative,'-3\n",
      );
      await expect(RejectsFile.create(join(folder, 'no', 'such.csv'))).rejects.toThrow(/cannot be written/);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

describe('the summary', () => {
  const summary: ImportSummary = {
    source: 'egypt',
    applied: true,
    releaseId: 7,
    fileSha256: 'x',
    read: 10,
    inserted: 6,
    updated: 1,
    unchanged: 1,
    rejected: 2,
    discontinued: 3,
    files: [],
    kinds: { price_up: 1 },
    impact: null,
    rejects: [
      {
        column: 'price_egp',
        reason: 'is negative',
        count: 2,
        first: [{ file: 'a.csv', line: 4, column: 'price_egp', reason: 'is negative', value: '-3' }],
      },
    ],
    composition: { linked: 4, partial: 2, unlinked: 1, none: 1 },
    newIngredients: 2,
    seconds: 1.5,
    rowsPerSecond: 7,
  };

  it('accounts for every row and gives each reason with its first lines', () => {
    const text = summaryLines(summary).join('\n');
    expect(text).toContain('release 7');
    expect(text).toContain('fully linked  4 (50.0 %)');
    expect(text).toContain('2 × price_egp: is negative');
    expect(text).toContain('a.csv, line 4: -3');
    expect(text).toContain('1.5 s, 7 rows/s');
  });

  it('says that a trial changed nothing', () => {
    expect(summaryLines({ ...summary, applied: false })[0]).toMatch(
      /Nothing was changed; repeat with --apply/,
    );
  });
});

describe('the report of a release', () => {
  it('says how many patients gain and lose a grave alert', () => {
    const impact = {
      changedDrugs: 3,
      takenDrugs: 2,
      patients: 41,
      gain: { contraindicated: 0, major: 37 },
      lose: { contraindicated: 0, major: 1 },
      alerts: [
        {
          change: 'gain' as const,
          severity: 'major' as const,
          kind: 'interaction',
          message: 'A with B',
          patients: 37,
        },
      ],
      isPartial: false,
    };
    const text = impactLines(impact).join('\n');
    expect(text).toContain('taken by 41 active patients');
    expect(text).toContain('gain   0 patients a contraindication, 37 a major alert');
    expect(text).toContain('gain 37 × A with B');
    expect(impactLines(null)).toEqual([]);
  });

  it('lists releases, and tells what a revert kept and discontinued', () => {
    const release = {
      releaseId: 12,
      ruleKind: null,
      source: 'egypt',
      title: null,
      status: 'applied' as const,
      fileName: 'a.csv',
      fileSha256: null,
      rowsRead: 5,
      rowsInserted: 1,
      rowsUpdated: 2,
      rowsUnchanged: 1,
      rowsRejected: 1,
      rowsDiscontinued: 0,
      createdAt: new Date(0),
      createdBy: null,
      comparedAt: null,
      stagedUntil: null,
      appliedAt: new Date(0),
      appliedBy: null,
      revertedAt: null,
      revertedBy: null,
      failure: null,
      isRevertible: true,
    };
    expect(releaseListLines([release])[0]).toMatch(/12 +applied +egypt .*\+1 ~2 -0 !1 +a\.csv/);
    expect(releaseListLines([])).toEqual(['No release yet.']);
    const rules = {
      ...release,
      ruleKind: 'interactions' as const,
      files: [],
      rejects: [],
      summary: { repeated: 4, severities: { 'new major': 1 } },
      progress: null,
    };
    expect(ruleReleaseLines(rules).join('\n')).toMatch(
      /Release 12, interactions of egypt: applied[^]*changed {4}2[^]*repeated {3}4[^]*new major +1/,
    );
    expect(ruleReleaseLines(rules, true)[0]).toMatch(/nothing waits/);
    const back = { restored: 3, ended: 2, kept: 1, keptCodes: ['list/7'] };
    expect(ruleRevertLines(12, back).join('\n')).toMatch(/in force again {2}3[^]*changed since: list\/7/);
    const shown = releaseLines({
      ...release,
      files: [],
      rejects: [],
      summary: {},
      impact: null,
      progress: null,
    });
    expect(shown.join('\n')).toMatch(/Release 12 of egypt: applied[^]*can be taken back/);
    const outcome = { restored: 2, deleted: 0, discontinued: 1, discontinuedIds: [7], kept: 1, keptIds: [9] };
    expect(revertLines(12, outcome).join('\n')).toMatch(/discontinued +1 .*: 7\)[^]*kept +1 .*: 9\)/);
  });
});

describe('the source', () => {
  it.each([
    ['mars', {}, /no source mars. Sources: .*egypt.*, and csv with --map/],
    ['../egypt', {}, /no source/],
    ['csv', {}, /--map <file>/],
    ['csv', { map: 'no-such.json' }, /mapping cannot be read/],
    ['csv', { map: 'README.md' }, /cannot be read|not JSON/],
    ['csv', { map: 'package.json' }, /not usable:\n/],
    ['drugs', { map: 'db/mappings/egypt.json' }, /for the source egypt, not drugs/],
  ])('%s %j is refused before the database is opened', async (source, options, reason) => {
    await expect(importCatalogue(source, ['x.csv'], options)).rejects.toThrow(reason);
  });

  it('without files is refused', async () => {
    await expect(importCatalogue('egypt', [], {})).rejects.toThrow(/Name the files/);
  });
});
