/** An entry of a lock file, as npm writes it. */
export interface LockedPackage {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly link?: boolean;
}

/** Licences that packages state elsewhere than in their description, as read in the package. */
const STATED_ELSEWHERE: Readonly<Record<string, string>> = { 'png-js': 'MIT' };

/** Licences of what is installed to run the program, with the packages under each. */
export function licencesOf(
  locked: Readonly<Record<string, LockedPackage>>,
): { licence: string; packages: string[] }[] {
  const byLicence = new Map<string, Set<string>>();
  for (const [path, { version = '', license, dev, link }] of Object.entries(locked)) {
    const name = path.split('node_modules/').at(-1) ?? '';
    if (!path.includes('node_modules/') || dev === true || link === true) continue;
    const licence = license ?? STATED_ELSEWHERE[name] ?? 'unknown';
    byLicence.set(licence, (byLicence.get(licence) ?? new Set()).add(`${name} ${version}`));
  }
  return [...byLicence]
    .map(([licence, packages]) => ({ licence, packages: [...packages].sort() }))
    .sort((a, b) => a.licence.localeCompare(b.licence, 'en'));
}
