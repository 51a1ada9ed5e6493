import { useState } from 'react';

interface SuggestedFields<Name extends string> {
  /** What a person typed; empty where a field shows what was computed. */
  typed: (name: Name) => string;
  /** Forgets what was typed: every field shows what was computed. */
  clear: () => void;
  /** The fields, showing what was typed, else what was computed. */
  suggest: (suggestions: Readonly<Record<Name, string | null | undefined>>) => {
    valueOf: (name: Name) => string;
    bind: (name: Name) => {
      value: string;
      onChange: (value: string) => void;
      onFocus: () => void;
      onBlur: () => void;
    };
  };
}

/**
 * Fields that are filled by computing until somebody types into them. A field one has entered does not change any more:
 * a figure that came late would mix with the one being typed. Left empty or untouched, it is computed again.
 */
export function useSuggested<Name extends string>(
  /** What was typed before, where an entry goes on. */
  before?: Readonly<Partial<Record<Name, string>>>,
): SuggestedFields<Name> {
  const [own, setOwn] = useState<ReadonlyMap<Name, { text: string; isTyped: boolean }>>(
    () =>
      new Map(
        (Object.entries(before ?? {}) as [Name, string][]).map(([name, text]) => [
          name,
          { text, isTyped: true },
        ]),
      ),
  );
  const put = (name: Name, text: string, isTyped: boolean) =>
    setOwn((before) => new Map([...before, [name, { text, isTyped }]]));
  const forget = (name: Name) => setOwn((before) => new Map([...before].filter(([other]) => other !== name)));
  return {
    typed: (name) => {
      const field = own.get(name);
      return field?.isTyped === true ? field.text : '';
    },
    clear: () => setOwn(new Map()),
    suggest: (suggestions) => {
      const valueOf = (name: Name) => own.get(name)?.text ?? suggestions[name] ?? '';
      return {
        valueOf,
        bind: (name) => ({
          value: valueOf(name),
          onChange: (text) => put(name, text, true),
          onFocus: () => {
            if (!own.has(name)) put(name, valueOf(name), false);
          },
          onBlur: () => {
            const field = own.get(name);
            if (field && (!field.isTyped || field.text === '')) forget(name);
          },
        }),
      };
    },
  };
}
