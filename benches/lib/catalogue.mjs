// An installation with a catalogue that is searched from its snapshot.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { parse } from 'csv-parse/sync';

import { writeCatalogue } from '../generate/catalogue-file.mjs';
import { command } from './command.mjs';
import { pause, readiness } from './installation.mjs';

/** Names asked for. */
const NAMES = 400;

/** Imports a generated file of so many products, or the file given; answers some names of it. */
export async function importCatalogue({ home, env }, products, given) {
  const file = given || join(home, 'catalogue.csv');
  const names = given
    ? parse(readFileSync(file, 'utf8'), { columns: true }).map((row) => row.commercial_name_en.trim())
    : await writeCatalogue(file, products);
  const told = await command(env, 'import', 'egypt', file, '--apply');
  if (!told.inserted) throw new Error(`nothing was imported: ${JSON.stringify(told).slice(0, 500)}`);
  const step = Math.max(1, Math.floor(names.length / NAMES));
  return { inserted: told.inserted, names: names.filter((_, n) => n % step === 0).slice(0, NAMES) };
}

/** Waits until the snapshot holds as many products as were imported, at least; answers what the server says of it. */
export async function snapshotOf(port, products) {
  for (;;) {
    const said = (await readiness(port))?.parts?.search ?? '';
    const held = Number(/^snapshot of ([\d,]+)/.exec(said)?.[1].replaceAll(',', '') ?? 0);
    if (held >= products) return said;
    await pause(10);
  }
}
