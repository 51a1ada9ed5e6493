import type { Plugin } from 'vite';

const CLASSES = /@mantine\/core\/esm\/.*\/(\w+)\.module\.mjs$/;
const STYLES = /@mantine\/core\/styles\/(\w+)\.css$/;

/** Come along with Checkbox and Radio and are never shown. */
const UNSHOWN = new Set(['CheckboxCard', 'CheckboxIndicator', 'RadioCard', 'RadioIndicator']);

function names(ids: Iterable<string>, pattern: RegExp): Set<string> {
  return new Set([...ids].flatMap((id) => pattern.exec(id)?.[1] ?? []));
}

/** Stops a build in which a component of the kit is used whose styles are not imported: it would be shown bare. */
export function kitStylesComplete(): Plugin {
  return {
    name: 'kit-styles-complete',
    apply: 'build',
    generateBundle(_options, bundle) {
      const shipped = Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
      const styled = names(this.getModuleIds(), STYLES);
      const missing = [...names(shipped, CLASSES)].filter((name) => !styled.has(name) && !UNSHOWN.has(name));
      if (missing.length > 0)
        this.error(`styles are missing in src/theme/kit-styles.ts: ${missing.join(', ')}`);
    },
  };
}
