import type {
  ClinicalAlert,
  ScreenedMedicine,
  ScreeningFacts,
} from '../../reference/clinical/clinical.types.js';

/** An alert with the key by which the same finding of the same rule version about the same dose is known again. */
export interface IdentifiedAlert extends ClinicalAlert {
  readonly identity: string;
}

/**
 * The alert with its identity: what was found, by which version of which rule, how grave, and how the medicines concerned are
 * taken. Another version of the rule or another dose is another finding, and asks for another answer.
 */
export function identified(alert: ClinicalAlert, facts: ScreeningFacts): IdentifiedAlert {
  const concerned = new Set(alert.subjects.map(({ kind, id }) => `${kind}:${id ?? ''}`));
  const keyOf = ({ drugId, ingredientId }: ScreenedMedicine): string =>
    drugId === undefined ? `ingredient:${ingredientId ?? ''}` : `drug:${drugId}`;
  const doses = [...facts.proposed, ...facts.current]
    .filter((medicine) => concerned.has(keyOf(medicine)))
    .map((medicine) => {
      const { dose, days } = medicine;
      const taken = dose ? `${dose.amount} ${dose.unit} x ${dose.frequencyPerDay ?? '?'}` : '?';
      // How long it is taken is part of a finding about doses alone: a refill for other days is the same pair.
      return `${keyOf(medicine)}=${taken}${alert.kind === 'dose' ? ` for ${days ?? '?'}` : ''}`;
    });
  const rule = alert.ruleId === null ? '-' : `${alert.ruleId}`;
  return {
    ...alert,
    identity: [alert.fingerprint, rule, alert.severity, ...[...new Set(doses)].sort()].join('|'),
  };
}

/** JSON with the keys in one order and nothing undefined: the same content has the same text, whoever stored it. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .filter(([, entry]) => entry !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, entry]) => `${JSON.stringify(key)}:${canonicalJson(entry)}`)
      .join(',')}}`;
  return JSON.stringify(value ?? null);
}
