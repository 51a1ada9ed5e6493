// A file of products as the Egyptian catalogue has them, of any size and from a fixed seed: brands that are not real, ingredients of the starter rules.
import { once } from 'node:events';
import { createWriteStream, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { parse } from 'csv-parse/sync';

import { root } from '../../tools/build-if-stale.mjs';
import { randomOf } from './products.mjs';

const SEED = 20261122;
/** Names told of those written, about. */
const NAMED = 500;

const SYLLABLES =
  'BA BE BI BO CA CE CI CO DA DE DI DO FA FE FI FO GA GE GO KA KE KI LA LE LI LO MA ME MI MO NA NE NI NO PA PE PI PO RA RE RI RO SA SE SI SO TA TE TI TO VA VE VI VO XA XE ZA ZE ZI ZO'.split(
    ' ',
  );
const ARABIC = 'با بي بو تا تي دا دي را ري سا سي فا في كا كي لا لي ما مي نا ني'.split(' ');
const FORMS = [
  ['F.C.TABS.', 'ORAL.SOLID'],
  ['TABS.', 'ORAL.SOLID'],
  ['CAPS.', 'ORAL.SOLID'],
  ['EFF. TABS.', 'EFF'],
  ['SACHETS', 'ORAL.SOLID'],
  ['AMP.', 'INJECTION'],
  ['SUPP.', 'RECTAL'],
];
const CLASSES = [
  'ANALGESIC',
  'ANTIBIOTIC.QUINOLONE',
  'ANTIBIOTIC.CEPHALOSPORIN',
  'ANTIHYPERTENSIVE',
  'ANTIDIABETIC',
  'VITAMINS',
  'ANTIHISTAMINE',
  'ANTIFUNGAL',
];

/** Writes so many products; every `changedEvery`th at another price than in the file without (0: none). Answers names of some. */
export async function writeCatalogue(path, count, changedEvery = 0) {
  const next = randomOf(SEED);
  const names = [];
  const step = Math.max(1, Math.floor(count / NAMED));
  const pick = (list) => list[Math.floor(next() * list.length)];
  const ingredients = parse(readFileSync(join(root, 'db', 'seed', 'clinical', 'ingredients.csv'), 'utf8'), {
    columns: true,
  }).map((row) => row.name.toUpperCase());
  const companies = Array.from(
    { length: 1000 },
    () => `${pick(SYLLABLES)}${pick(SYLLABLES)}${pick(SYLLABLES)} PHARMA`,
  );
  const file = createWriteStream(path);
  file.write(
    'commercial_name_en,commercial_name_ar,scientific_name,manufacturer,drug_class,route,price_egp\n',
  );
  let text = '';
  for (let n = 0; n < count; n++) {
    const syllables = 2 + Math.floor(next() * 2);
    let brand = '';
    for (let i = 0; i < syllables; i++) brand += pick(SYLLABLES);
    const parts = 1 + Math.floor(next() * next() * 3);
    const composition = [...new Set(Array.from({ length: parts }, () => pick(ingredients)))].join('+');
    const [form, route] = pick(FORMS);
    const strength = 5 * (1 + Math.floor(next() * 200));
    const price = (1 + next() * 900).toFixed(2);
    const changed = changedEvery > 0 && n % changedEvery === 0;
    const name = `${brand} ${String(n).padStart(6, '0')} ${strength} MG ${pick([10, 14, 20, 24, 30])} ${form}`;
    if (n % step === 0) names.push(name);
    text += `${name},${pick(ARABIC)}${pick(ARABIC)}${pick(ARABIC)} ${n},"${composition}",${pick(companies)} > ${pick(companies)},${pick(CLASSES)},${route},${changed ? (Number(price) + 1).toFixed(2) : price}\n`;
    if (text.length > 1 << 20) {
      if (!file.write(text)) await once(file, 'drain');
      text = '';
    }
  }
  file.end(text);
  await once(file, 'close');
  return names;
}
