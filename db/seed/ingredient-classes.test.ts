// Proves that shipped ingredients stand in the group of their class: outside it they would be screened without its rules.
import { readFileSync } from 'node:fs';

import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';

type Row = Readonly<Record<string, string>>;

function readCsv(name: string): Row[] {
  return parse<Row>(readFileSync(new URL(`./clinical/${name}`, import.meta.url), 'utf8'), { columns: true });
}

const ingredients = readCsv('ingredients.csv');
const parents = new Map(
  readCsv('ingredient-groups.csv').map(({ code = '', parent_code = '' }) => [code, parent_code]),
);

/** True where a group is the class, or narrower than it. */
function isIn(code: string, group: string): boolean {
  const parent = parents.get(code) ?? '';
  return code === group || (parent !== '' && isIn(parent, group));
}

const CLASSES: ReadonlyArray<readonly [atc: string, group: string]> = [
  ['A02BA', 'h2-blockers'],
  ['A02BC', 'acid-suppressants'],
  ['A04AA', 'setrons'],
  ['A10A', 'insulins'],
  ['A10BB', 'sulfonylureas'],
  ['A10BH', 'dpp4-inhibitors'],
  ['A10BJ', 'glp1-agonists'],
  ['A10BK', 'sglt2-inhibitors'],
  ['B01AA', 'vitamin-k-antagonists'],
  ['B01AF', 'doacs'],
  ['C01B', 'antiarrhythmics'],
  ['C07AA', 'beta-blockers'],
  ['C07AB', 'beta-blockers'],
  ['C08C', 'ccb-dihydropyridine'],
  ['C09AA', 'ace-inhibitors'],
  ['C09CA', 'arbs'],
  ['C10AA', 'statins'],
  ['C10AB', 'fibrates'],
  ['D01AC', 'azole-antifungals'],
  ['D07A', 'corticosteroids'],
  ['G03XC', 'serms'],
  ['H02AB', 'corticosteroids'],
  ['J01AA', 'tetracyclines'],
  ['J01CA', 'penicillins'],
  ['J01CE', 'penicillins'],
  ['J01CF', 'penicillins'],
  ['J01DB', 'cephalosporins'],
  ['J01DC', 'cephalosporins'],
  ['J01DD', 'cephalosporins'],
  ['J01DE', 'cephalosporins'],
  ['J01EB', 'sulfonamide-antibiotics'],
  ['J01EC', 'sulfonamide-antibiotics'],
  ['J01ED', 'sulfonamide-antibiotics'],
  ['J01FA', 'macrolides'],
  ['J01GB', 'aminoglycosides'],
  ['J01MA', 'fluoroquinolones'],
  ['J02AC', 'azole-antifungals'],
  ['J05AE', 'hiv-protease-inhibitors'],
  ['L01A', 'cytotoxics'],
  ['L01B', 'cytotoxics'],
  ['L01C', 'cytotoxics'],
  ['M01AB', 'nsaids'],
  ['M01AC', 'nsaids'],
  ['M01AE', 'nsaids'],
  ['M01AH', 'nsaids'],
  ['M03AC', 'neuromuscular-blockers'],
  ['M05BA', 'bisphosphonates'],
  ['N01BB', 'amide-local-anaesthetics'],
  ['N02AA', 'opioids'],
  ['N05BA', 'benzodiazepines'],
  ['N05CD', 'benzodiazepines'],
  ['N06AA', 'tca'],
  ['N06AB', 'ssri'],
  ['N06AF', 'maoi'],
  ['R06AA', 'antihistamines'],
  ['R06AB', 'antihistamines'],
  ['R06AD', 'antihistamines'],
  ['R06AE', 'antihistamines'],
];

/** Named by the ATC beside a class whose rules are not theirs. */
const OUTSIDE: ReadonlySet<string> = new Set([
  'tofisopam', // a 2,3-benzodiazepine: neither sedates nor relaxes muscles
  'maprotiline', // tetracyclic, blocks noradrenaline reuptake only
  'opipramol', // does not block reuptake; its anticholinergic and sedating groups are given
]);

describe('ingredients of one class', () => {
  it.each(CLASSES)('of ATC %s are all in the group %s', (atc, group) => {
    const members = ingredients.filter((row) => (row.atc_code ?? '').startsWith(atc));
    const outside = members.filter(
      ({ name = '', groups = '' }) =>
        !OUTSIDE.has(name) && !groups.split('|').some((code) => isIn(code, group)),
    );
    expect(members.length).toBeGreaterThan(0);
    expect(outside.map(({ name }) => name)).toEqual([]);
  });
});
