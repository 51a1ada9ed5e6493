import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const WORKER = join(import.meta.dirname, 'service-worker.js');
const PUBLIC = join(import.meta.dirname, 'public');

/**
 * Writes `sw.js`: the service worker with the names of all files of this build, and a version that changes when any of them does. Why it
 * is our own: docs/adr/0041-offline-till.md.
 */
export function serviceWorker(): Plugin {
  return {
    name: 'service-worker',
    apply: 'build',
    generateBundle: {
      // After the page is written, which the version is made of too.
      order: 'post',
      handler(_options, bundle) {
        const built = Object.keys(bundle).filter((name) => name !== 'index.html');
        const fixed = readdirSync(PUBLIC);
        const code = readFileSync(WORKER, 'utf8');
        const hash = createHash('sha256').update(code);
        const html = bundle['index.html'];
        if (html?.type !== 'asset') this.error('the build has no page to keep');
        hash.update(html.source);
        for (const name of built) hash.update(name);
        for (const name of fixed) hash.update(readFileSync(join(PUBLIC, name)));
        const build = {
          version: hash.digest('hex').slice(0, 16),
          files: ['/', ...fixed.map((name) => `/${name}`), ...built.map((name) => `/${name}`)],
        };
        this.emitFile({
          type: 'asset',
          fileName: 'sw.js',
          source: `const BUILD = ${JSON.stringify(build)};\n${code}`,
        });
      },
    },
  };
}
