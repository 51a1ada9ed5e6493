import type { RouteName } from './route-class.domain.js';
import { ROUTES } from './route-class.domain.js';

/** An ATC code or the beginning of one, for one route or for all. */
export interface AtcEntry {
  /** ATC code or prefix, upper case: "J01", "N02BE01". */
  prefix: string;
  /** Undefined: any route. */
  route?: RouteName;
}

/** What is taken to leave a pharmacy on prescription only where the source does not say. */
export interface PrescriptionOnlyList {
  atc: readonly AtcEntry[];
  /** Narrower codes that are free although a wider one in `atc` covers them. */
  exceptAtc: readonly AtcEntry[];
  /** Routes by which every product is prescription only. */
  routes: readonly RouteName[];
}

const ATC_PREFIX = /^[A-Z](?:\d{2}(?:[A-Z](?:[A-Z](?:\d{2})?)?)?)?$/;

/** Reads "J01" or "M01AB/oral"; undefined when it is neither. */
export function readAtcEntry(text: string): AtcEntry | undefined {
  const [prefix = '', stated, ...more] = text.split('/');
  if (!ATC_PREFIX.test(prefix) || more.length > 0) return undefined;
  if (stated === undefined) return { prefix };
  const route = ROUTES.find((name) => name === stated);
  return route === undefined ? undefined : { prefix, route };
}

/** How closely the best entry fits: a longer code fits better, and one for the route better than one for any. */
function bestFit(entries: readonly AtcEntry[], code: string, route: string | undefined): number {
  let best = 0;
  for (const entry of entries) {
    if (!code.startsWith(entry.prefix) || (entry.route !== undefined && entry.route !== route)) continue;
    best = Math.max(best, entry.prefix.length * 2 + (entry.route === undefined ? 0 : 1));
  }
  return best;
}

/**
 * True when a product with these ingredients (ATC codes; undefined where unknown) and this route is prescription
 * only by the list: by its route, or by any one ingredient. The closest entry decides; on a tie, prescription only.
 */
export function isPrescriptionOnly(
  list: PrescriptionOnlyList,
  route: string | undefined,
  codes: readonly (string | undefined)[],
): boolean {
  if (list.routes.some((known) => known === route)) return true;
  return codes.some((code) => {
    if (code === undefined) return false;
    const fit = bestFit(list.atc, code, route);
    return fit > 0 && fit >= bestFit(list.exceptAtc, code, route);
  });
}
