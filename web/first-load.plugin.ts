import { gzipSync } from 'node:zlib';
import type { Plugin, Rolldown } from 'vite';

/**
 * Most that may be downloaded, in bytes of gzipped JavaScript, before the till can be used in English. What it is and how it was
 * brought down: docs/adr/0018-web-first-load.md. It may be lowered; raising it is a decision to be written there.
 */
const BUDGET = 195_000;

/** What is fetched one after the other until the till is there: the entry, its texts, its screen. */
const STARTS = ['/src/i18n/en.json', '/src/features/till/till-screen.tsx'];

type Chunk = Rolldown.OutputChunk;

/** Stops a build whose till takes longer to load than was agreed, and says what it consists of. */
export function firstLoadBudget(): Plugin {
  return {
    name: 'first-load-budget',
    apply: 'build',
    generateBundle: {
      // After Vite has written into the chunks what each of them fetches ahead.
      order: 'post',
      handler(_options, bundle) {
        const chunks = new Map<string, Chunk>();
        for (const file of Object.values(bundle)) if (file.type === 'chunk') chunks.set(file.fileName, file);
        const starts = [...chunks.values()].filter(
          ({ isEntry, facadeModuleId }) => isEntry || STARTS.some((end) => facadeModuleId?.endsWith(end)),
        );
        if (starts.length !== STARTS.length + 1)
          this.error(
            `the first load of the till is not what it was: ${starts.map(({ name }) => name).join(', ')}`,
          );
        const loaded = closureOf(starts, chunks).map(({ fileName, code }) => ({
          fileName,
          bytes: gzipSync(code, { level: 9 }).length,
        }));
        const total = loaded.reduce((sum, { bytes }) => sum + bytes, 0);
        const parts = loaded
          .sort((a, b) => b.bytes - a.bytes)
          .map(({ fileName, bytes }) => `${bytes} ${fileName}`)
          .join('\n');
        if (total > BUDGET)
          this.error(`the till needs ${total} bytes before it can be used, ${BUDGET} at most:\n${parts}`);
        this.info(`first load of the till: ${total} of ${BUDGET} bytes`);
      },
    },
  };
}

/** The chunks and everything they import at once. */
function closureOf(starts: readonly Chunk[], chunks: ReadonlyMap<string, Chunk>): Chunk[] {
  const found = new Set<Chunk>();
  const ahead = [...starts];
  for (let chunk = ahead.pop(); chunk; chunk = ahead.pop()) {
    if (found.has(chunk)) continue;
    found.add(chunk);
    ahead.push(...chunk.imports.flatMap((name) => chunks.get(name) ?? []));
  }
  return [...found];
}
