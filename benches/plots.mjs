// Figures and tables of docs/performance.md from the records: `npm run meditory -- bench plots`, after benches with --record; `npm run gen` does it too.
import { relative } from 'node:path';

import { root } from '../tools/build-if-stale.mjs';
import { writeDocuments } from './lib/documents.mjs';

const written = await writeDocuments();
console.log(written.length === 0 ? 'Nothing has changed.' : written.map((file) => relative(root, file)).join('\n')); // prettier-ignore
