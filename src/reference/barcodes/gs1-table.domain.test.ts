// Compares our table of identifiers with GS1's own dictionary, which lies beside the repository, not in it.
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import { AI_RULES, aiLength, reservedLength } from './gs1-table.domain.js';

const FILE = new URL('../../../../shared/data/gs1/gs1-syntax-dictionary.txt', import.meta.url);
const isMissing = !existsSync(FILE);
if (isMissing)
  console.warn(
    'SKIPPED: no ../shared/data/gs1/gs1-syntax-dictionary.txt; the table of identifiers is not compared',
  );

/** Our name of each check of the dictionary; the others are lists (countries, currencies) and not held here. */
const CHECKS: Readonly<Record<string, string>> = {
  csum: 'mod10',
  csumalpha: 'pair',
  yymmd0: 'date0',
  yymmdd: 'date',
  yyyymmdd: 'longdate',
  hhmi: 'hhmi',
  hh: 'hh',
  mi: 'mi',
  ss: 'mi',
  pieceoftotal: 'piece',
  nonzero: 'nonzero',
  zero: 'zero',
  yesno: 'yesno',
  pcenc: 'percent',
  iban: 'iban',
  winding: 'winding',
  hyphen: 'minus',
  nozeroprefix: 'nonzero1',
  iso5218: 'sex',
  hasnondigit: 'nondigit',
  latitude: 'latitude',
  longitude: 'longitude',
  posinseqslash: 'sequence',
  importeridx: 'importer',
};

interface Entry {
  ai: string;
  isPredefined: boolean;
  parts: { set: string; min: number; max: number; isOptional: boolean; checks: string[] }[];
}

function toPart(text: string): Entry['parts'][number] {
  const [data = '', ...linters] = text.split(',');
  const match = /^(\[?)([NXYZ])(\.\.)?(\d+)\]?$/.exec(data);
  const max = Number(match?.[4]);
  return {
    set: match?.[2] ?? '',
    min: match?.[3] === undefined ? max : 1,
    max,
    isOptional: match?.[1] === '[',
    checks: linters.flatMap((name) => CHECKS[name] ?? []),
  };
}

function dictionary(): Entry[] {
  const lines = readFileSync(FILE, 'utf8')
    .split('\n')
    .filter((line) => /^\d/.test(line));
  return lines.flatMap((line) => {
    const [range = '', ...fields] = (line.split('#')[0] ?? '').trim().split(/\s+/);
    const flags = /^[*?!]+$/.test(fields[0] ?? '') ? (fields.shift() ?? '') : '';
    const parts = fields.filter((field) => /^\[?[NXYZ](?:\.\.)?\d+\]?(?:,|$)/.test(field)).map(toPart);
    const [first = '', last = first] = range.split('-');
    return Array.from({ length: Number(last) - Number(first) + 1 }, (_, index) => ({
      ai: String(Number(first) + index).padStart(first.length, '0'),
      isPredefined: flags.includes('*'),
      parts,
    }));
  });
}

describe.skipIf(isMissing)('the table of GS1 identifiers', () => {
  const entries = isMissing ? [] : dictionary();

  it('has the entries of the dictionary, no more and no fewer', () => {
    expect(entries.length).toBeGreaterThan(500);
    expect([...AI_RULES.keys()].sort()).toEqual(entries.map(({ ai }) => ai).sort());
  });

  it('agrees with each in length, characters, need of a separator and checks', () => {
    for (const entry of entries) {
      const rule = AI_RULES.get(entry.ai);
      expect(rule?.isPredefined, entry.ai).toBe(entry.isPredefined);
      expect(rule?.parts, entry.ai).toEqual(entry.parts);
      expect(rule?.max, entry.ai).toBe(entry.parts.reduce((sum, { max }) => sum + max, 0));
    }
  });
});

describe('the length of an identifier', () => {
  it('follows from its first two digits, also where GS1 has not assigned it', () => {
    for (const ai of AI_RULES.keys()) expect(aiLength(ai), ai).toBe(ai.length);
    expect([aiLength('7099'), aiLength('238'), aiLength('14')]).toEqual([4, 3, 2]);
    expect([aiLength('05'), aiLength('60'), aiLength('x')]).toEqual([undefined, undefined, undefined]);
  });

  it('is known beforehand for those GS1 keeps in reserve', () => {
    expect(['04', '14', '18', '19', '3109', '418', '7099'].map(reservedLength)).toEqual([
      16,
      6,
      6,
      6,
      6,
      13,
      undefined,
    ]);
  });

  it('of predefined data is the one every reader of GS1 symbols relies on', () => {
    for (const rule of AI_RULES.values()) if (rule.isPredefined) expect(rule.min, rule.ai).toBe(rule.max);
  });
});
