// What the source may not contain, wherever it stands: what trust.md and docs/security/cryptography.md promise.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

import { expect, it } from 'vitest';

import { packageRoot } from '../../src/platform/package-root.js';

/** Source that is shipped: path from the root, and text without comments. */
function shipped(): { path: string; text: string }[] {
  const root = packageRoot();
  return ['src', 'web/src'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => ({
        path: relative(root, path),
        text: readFileSync(path, 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, ''),
      })),
  );
}

const found = (pattern: RegExp): string[] =>
  shipped().flatMap(({ path, text }) => [...text.matchAll(pattern)].map(([match]) => `${path}: ${match}`));

it('text is never run as a program, and other programs are those of the database and our own', () => {
  expect(
    found(
      /\beval\(|new Function\(|\bvm\.|setTimeout\(\s*['"`]|dangerouslySetInnerHTML|\.innerHTML\s*=|document\.write/g,
    ),
  ).toEqual([]);
  const programs = new Set(found(/from 'node:(?:child_process|cluster)'/g).map((line) => line.split(':')[0]));
  expect([...programs].sort()).toEqual([
    'src/cli/bench.command.ts', // benchmarks of the repository
    'src/cli/processes.ts', // this program, as one of several that answer
    'src/cli/start.command.ts', // asks whether it is one of them
    'src/operational/backups/backups.service.ts', // this program, as the process that makes a backup
    'src/platform/database/embedded-binaries.ts',
    'src/platform/database/embedded-cluster.ts',
  ]);
  expect(found(/\bshell: true|execSync\(|\bexec\(['"`]/g)).toEqual([]);
});

it('cryptography is that of Node.js and of argon2, with approved functions, and every use is listed', () => {
  const listed = readFileSync(join(packageRoot(), 'docs', 'security', 'cryptography.md'), 'utf8');
  const users = new Set(
    found(/from '(?:node:crypto|@node-rs\/argon2)'/g).map((line) => line.split(':')[0] ?? ''),
  );
  expect([...users].filter((path) => !listed.includes(`\`${path}\``))).toEqual([]);
  // SHA-1 names prepared statements, where nobody gains by two of the same name: the text of both would be ours. As HMAC it makes the codes
  // of authenticator apps, which know no other.
  expect(found(/create(?:Hash|Hmac)\('(?!sha256|sha384|sha512)[^']*'/g).sort()).toEqual([
    "src/operational/auth/mfa/totp.ts: createHmac('sha1'",
    "src/platform/database/tx.ts: createHash('sha1'",
  ]);
  // DB_SSL=require asks for a cipher alone, as libpq has it; whoever says nothing has the certificate checked.
  expect(
    found(
      /createCipher(?:iv)?\('(?!aes-256-gcm)|-ecb|-cbc|RSA_PKCS1_PADDING|rejectUnauthorized: false|NODE_TLS_REJECT/g,
    ),
  ).toEqual(['src/platform/database/login.ts: rejectUnauthorized: false']);
  // The one use spreads repeated transactions in time; nothing that must not be guessed is made so.
  expect(found(/Math\.random\(/g)).toEqual(['src/platform/database/unit-of-work.ts: Math.random(']);
});

it('windows talk by a channel of their own origin, to no window of another', () => {
  expect(
    found(
      /new BroadcastChannel\(|\b(?:window|parent|opener|top)\.postMessage|\.addEventListener\('message'/g,
    ),
  ).toEqual([
    'web/src/features/customer-display/display-channel.ts: new BroadcastChannel(',
    'web/src/features/customer-display/display-channel.ts: new BroadcastChannel(',
  ]);
});
