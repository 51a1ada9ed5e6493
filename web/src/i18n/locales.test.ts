import { describe, expect, it } from 'vitest';

/* Both languages hold the same texts, each plural has all forms of its language, and every text is used. */

type Tree = { [key: string]: string | Tree };

const PLURAL = /_(zero|one|two|few|many|other)$/;
const sources = Object.entries(
  import.meta.glob<string>(['../**/*.{ts,tsx}', '!../**/*.test.ts'], {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
);

const files = import.meta.glob<Tree>('./*.json', { import: 'default', eager: true });

function partsOf(name: RegExp): Tree[] {
  return Object.entries(files)
    .filter(([file]) => name.test(file))
    .map(([, tree]) => tree);
}

function flatten(tree: Tree, prefix = ''): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    const path = prefix === '' ? key : `${prefix}.${key}`;
    if (typeof value === 'string') texts.set(path, value);
    else for (const [inner, text] of flatten(value, path)) texts.set(inner, text);
  }
  return texts;
}

function baseKeys(texts: Map<string, string>): string[] {
  return [...new Set([...texts.keys()].map((key) => key.replace(PLURAL, '')))].sort();
}

function pluralForms(texts: Map<string, string>): Map<string, Set<string>> {
  const forms = new Map<string, Set<string>>();
  for (const key of texts.keys()) {
    const form = PLURAL.exec(key)?.[1];
    if (form === undefined) continue;
    const base = key.replace(PLURAL, '');
    forms.set(base, (forms.get(base) ?? new Set<string>()).add(form));
  }
  return forms;
}

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{\{(\w+)\}\}/g)].map((found) => found[1] ?? '').sort();
}

const englishParts = partsOf(/(^|\.|\/)en\.json$/);
const arabicParts = partsOf(/(^|\.|\/)ar\.json$/);
const english = new Map(englishParts.flatMap((part) => [...flatten(part)]));
const arabic = new Map(arabicParts.flatMap((part) => [...flatten(part)]));

describe('texts of the interface', () => {
  it('has each text in one part only', () => {
    expect(englishParts.length).toBeGreaterThan(3);
    expect(arabicParts).toHaveLength(englishParts.length);
    for (const parts of [englishParts, arabicParts]) {
      const texts = parts.flatMap((part) => [...flatten(part).keys()]);
      expect(texts.filter((key, at) => texts.indexOf(key) !== at)).toEqual([]);
    }
  });

  it('has the same keys in English and Arabic', () => {
    expect(baseKeys(arabic)).toEqual(baseKeys(english));
  });

  it('has every plural form that Intl asks for in each language', () => {
    for (const [language, texts] of [
      ['en', english],
      ['ar', arabic],
    ] as const) {
      const wanted = new Set(new Intl.PluralRules(language).resolvedOptions().pluralCategories);
      for (const [key, forms] of pluralForms(texts)) expect(forms, `${language} ${key}`).toEqual(wanted);
    }
  });

  it('fills in the same values in both languages', () => {
    for (const [key, text] of english) {
      if (PLURAL.test(key)) continue;
      expect(placeholders(arabic.get(key) ?? ''), key).toEqual(placeholders(text));
    }
  });

  it('is translated: no Arabic text is empty or still English', () => {
    const sameInBoth = [...english].filter(([key, text]) => arabic.get(key) === text).map(([key]) => key);
    expect(sameInBoth).toEqual(['common.none']);
    for (const [key, text] of arabic) expect(text.trim(), key).not.toBe('');
  });

  it('holds no text that nothing shows', () => {
    const code = sources.map(([, text]) => text).join('\n');
    const dynamic = [...code.matchAll(/`([\w.]+\.)\$\{[^`]*?\}([\w.]*)`/g)].map((found) => ({
      start: found[1] ?? '',
      end: found[2] ?? '',
    }));
    const unused = baseKeys(english).filter(
      (key) =>
        !code.includes(`'${key}'`) &&
        !dynamic.some(({ start, end }) => key.startsWith(start) && key.endsWith(end)),
    );
    expect(unused).toEqual([]);
  });

  it('is the only place with words: no component has a text of its own', () => {
    const literals: string[] = [];
    for (const [file, text] of sources.filter(([name]) => name.endsWith('.tsx'))) {
      // Text between tags, and attributes that people read or hear.
      const inTags = text.matchAll(/<(?:\/?[\w.]+(?:\s[^<>]*)?|)>\s*([A-Za-z][A-Za-z ,.'’!?-]{2,})\s*<\//g);
      const inAttributes = text.matchAll(
        /\s(?:label|title|placeholder|aria-label|description)="([^"]*[A-Za-z]{3,}[^"]*)"/g,
      );
      for (const found of [...inTags, ...inAttributes]) literals.push(`${file}: ${found[1]?.trim() ?? ''}`);
    }
    expect(literals).toEqual([]);
  });
});
