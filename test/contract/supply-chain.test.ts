// What the program is made of: exact versions, licences that may be, no script that runs at installation, an inventory of it all.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { licencesOf, type LockedPackage } from '../../src/operational/operations/licences.domain.js';
import { packageRoot } from '../../src/platform/package-root.js';

interface Manifest {
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  allowScripts?: Record<string, boolean>;
}
interface Lock {
  lockfileVersion: number;
  packages: Record<
    string,
    LockedPackage & { integrity?: string; hasInstallScript?: boolean; resolved?: string }
  >;
}

const read = (name: string): string => readFileSync(join(packageRoot(), name), 'utf8');
const json = <Content>(name: string): Content => JSON.parse(read(name)) as Content;

/** Licences under which a program of the Apache License 2.0 may carry something along. The two fonts are under the OFL. */
const ALLOWED = [
  '(MIT OR CC0-1.0)',
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
  'MIT AND ISC AND BSD-3-Clause',
  'MIT-0',
  'OFL-1.1',
  'Python-2.0',
  'Unlicense',
];

describe('the packages', () => {
  const lock = json<Lock>('package-lock.json');
  const manifest = json<Manifest>('package.json');

  it('are named by exact versions, those that are locked', () => {
    for (const [file, folder] of [
      ['package.json', ''],
      ['web/package.json', 'web'],
    ] as const) {
      const { dependencies = {}, devDependencies = {} } = json<Manifest>(file);
      const all = { ...dependencies, ...devDependencies };
      expect(Object.keys(all).length).toBeGreaterThan(5);
      for (const [name, version] of Object.entries(all)) {
        const exact = /^(?:npm:typescript@)?(\d+\.\d+\.\d+(?:-[\w.]+)?)$/.exec(version)?.[1];
        expect(exact, `${file}: ${name} ${version}`).toBeDefined();
        const installed =
          lock.packages[`${folder}/node_modules/${name}`] ?? lock.packages[`node_modules/${name}`];
        expect(installed?.version, name).toBe(exact);
      }
    }
  });

  it('are each proved by the hash of what was locked, and come from no address of their own', () => {
    const unproved = Object.entries(lock.packages).filter(
      ([path, { integrity, link }]) =>
        path.includes('node_modules/') && link !== true && !/^sha512-/.test(integrity ?? ''),
    );
    expect(unproved.map(([path]) => path)).toEqual([]);
    expect(
      Object.values(lock.packages).filter(({ resolved }) => /^(git|https?):/.test(resolved ?? '')),
    ).toEqual([]);
  });

  it('run nothing when they are installed: who would is known by name, and refused', () => {
    const scripted = Object.entries(lock.packages)
      .filter(([, { hasInstallScript }]) => hasInstallScript)
      .map(([path]) => path.split('node_modules/').at(-1));
    expect(Object.keys(manifest.allowScripts ?? {}).sort()).toEqual([...new Set(scripted)].sort());
    expect(Object.values(manifest.allowScripts ?? {})).not.toContain(true);
    const settings = read('.npmrc').split('\n');
    for (const setting of [
      'ignore-scripts=true',
      'engine-strict=true',
      'save-exact=true',
      'audit-level=high',
    ])
      expect(settings).toContain(setting);
  });

  it('are under licences that may be', () => {
    const licences = licencesOf(lock.packages);
    expect(licences.map(({ licence }) => licence).filter((licence) => !ALLOWED.includes(licence))).toEqual(
      [],
    );
    const locked = Object.entries(lock.packages).filter(
      ([path, { dev, link }]) => path.includes('node_modules/') && !dev && !link,
    );
    const counted = licences.reduce((sum, { packages }) => sum + packages.length, 0);
    expect(counted).toBe(
      new Set(
        locked.map(([path, { version }]) => `${path.split('node_modules/').at(-1) ?? ''} ${version ?? ''}`),
      ).size,
    );
  });

  it('each direct one has its reason written down', () => {
    const page = read('docs/dependencies.md');
    const reasons = Object.keys(manifest.dependencies ?? {}).filter(
      (name) => !page.includes(name.split('/').at(-1) ?? name),
    );
    expect(reasons).toEqual([]);
  });

  it('are all in the inventory that goes with a release (npm run sbom), which says nothing of when it was made', () => {
    const tool = join(packageRoot(), 'tools', 'sbom.mjs');
    const { status, stderr } = spawnSync(process.execPath, [tool], { encoding: 'utf8' });
    expect(status, stderr).toBe(0);
    const bom = json<{
      bomFormat: string;
      serialNumber?: string;
      metadata: { timestamp?: string; component: { name: string } };
      components: { name: string; version: string }[];
    }>('dist/meditory.cdx.json');
    expect(bom).toMatchObject({ bomFormat: 'CycloneDX', metadata: { component: { name: 'meditory' } } });
    expect([bom.serialNumber, bom.metadata.timestamp]).toEqual([undefined, undefined]);
    const held = new Set(bom.components.map(({ name, version }) => `${name} ${version}`));
    const direct = Object.entries(manifest.dependencies ?? {}).map(([name, version]) => `${name} ${version}`);
    expect(direct.filter((one) => !held.has(one))).toEqual([]);
    // What is only for development is not in it.
    expect(
      bom.components
        .map(({ name }) => name)
        .filter((name) => ['vitest', 'eslint', 'playwright-core'].includes(name)),
    ).toEqual([]);
  });
});
