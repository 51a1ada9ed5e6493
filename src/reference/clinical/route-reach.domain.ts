import { own } from '../../platform/text/own.js';

/** Routes that act where they are put and hardly reach the rest of the body: skin, eye, ear, teeth, vagina. */
const LOCAL = new Set('topical cutaneous ophthalmic otic dental vaginal'.split(' '));

/** Catalogue routes that stand for several finer ones: a rule for one of these concerns the wider word too. */
const FINER: Readonly<Record<string, readonly string[]>> = {
  injection: ['parenteral', 'intravenous', 'intramuscular', 'subcutaneous', 'intrathecal'],
  oral: ['sublingual'],
};

/** Whether a rule holds for a route: in full, only as a hint since the medicine acts where it is put, or not at all. */
export type Reach = 'full' | 'hint' | 'none';

export const isLocalRoute = (route: string | null): boolean => route !== null && LOCAL.has(route);

/** True when a rule for one route holds for a medicine of another word for it. */
export function isRoute(wanted: string, route: string): boolean {
  const lower = wanted.toLowerCase();
  return lower === route || (own(FINER, route)?.includes(lower) ?? false);
}

/**
 * A rule that names no routes is about the whole body: a cream or an eye drop is told as a hint and never stops. A rule
 * may name routes, or `any`, `systemic`, `local`; what it does not name it does not concern. A medicine of unknown route is
 * taken for every one: a doubt is no reason for silence.
 */
export function routeReach(routes: readonly string[] | null, route: string | null): Reach {
  if (route === null) return 'full';
  if (routes === null) return isLocalRoute(route) ? 'hint' : 'full';
  const holds = routes.some(
    (wanted) =>
      wanted === 'any' ||
      (wanted === 'local' && isLocalRoute(route)) ||
      (wanted === 'systemic' && !isLocalRoute(route)) ||
      isRoute(wanted, route),
  );
  return holds ? 'full' : 'none';
}

/** True when a rule for some dosage forms or form families holds for a medicine; one of unknown form is taken for every one. */
export function formFits(
  forms: readonly string[] | null,
  medicine: { readonly dosageForm: string | null; readonly formFamily: string | null },
): boolean {
  if (forms === null || medicine.dosageForm === null) return true;
  const own = [medicine.dosageForm, medicine.formFamily].flatMap((name) => name?.toLowerCase() ?? []);
  return forms.some((form) => own.includes(form.toLowerCase()));
}
