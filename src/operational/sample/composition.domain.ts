/** One ingredient of a sample product as its file writes it. Amounts are decimal strings. */
export interface CompositionPart {
  readonly rawText: string;
  readonly name: string;
  readonly amount: string | null;
  readonly unit: string | null;
  readonly perAmount: string | null;
  readonly perUnit: string | null;
}

const PART =
  /^(?<name>.+?)(?: (?<amount>\d+(?:\.\d+)?) ?(?<unit>[a-zµ%]+)(?:\/(?<perAmount>\d+(?:\.\d+)?)? ?(?<perUnit>[a-z]+))?)?$/i;

/** Reads "paracetamol 500 mg + caffeine 65 mg" or "amoxicillin 250 mg/5 ml". */
export function readComposition(text: string): CompositionPart[] {
  return text
    .split('+')
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => {
      const groups = PART.exec(part)?.groups ?? {};
      return {
        rawText: part,
        name: (groups.name ?? part).toLowerCase(),
        amount: groups.amount ?? null,
        unit: groups.unit?.toLowerCase() ?? null,
        perAmount: groups.perUnit ? (groups.perAmount ?? '1') : null,
        perUnit: groups.perUnit?.toLowerCase() ?? null,
      };
    });
}

/** Strength as shown: the amounts of the parts joined with " + ", without the names. */
export function strengthOf(parts: readonly CompositionPart[]): string | null {
  const shown = parts.map((part) => part.rawText.slice(part.name.length).trim()).filter(Boolean);
  return shown.length > 0 ? shown.join(' + ') : null;
}
