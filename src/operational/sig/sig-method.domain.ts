import type { DoseUnit } from './sig-units.types.js';
import type { Method, Route, Site } from './sig-words.types.js';
import type { SigStep } from './sig.types.js';

const BY_ROUTE: Readonly<Record<Route, Method | null>> = {
  oral: null,
  tube: 'use',
  sublingual: 'dissolve',
  buccal: 'dissolve',
  rectal: 'insert',
  vaginal: 'insert',
  topical: 'apply',
  transdermal: 'apply',
  inhaled: 'inhale',
  nebulised: 'inhale',
  nasal: 'use',
  eye: 'instil',
  ear: 'instil',
  intramuscular: 'inject',
  intravenous: 'inject',
  subcutaneous: 'inject',
  intradermal: 'inject',
};
/** What is counted tells how it is used, or does not: millilitres are drunk, injected and rubbed in. */
const BY_UNIT: Readonly<Record<DoseUnit, Method>> = {
  tablet: 'take',
  capsule: 'take',
  sachet: 'take',
  teaspoon: 'take',
  tablespoon: 'take',
  lozenge: 'suck',
  film: 'dissolve',
  puff: 'inhale',
  nebule: 'inhale',
  application: 'apply',
  fingertip: 'apply',
  cm: 'apply',
  patch: 'apply',
  suppository: 'insert',
  pessary: 'insert',
  enema: 'insert',
  injection: 'inject',
  syringe: 'inject',
  drop: 'use',
  spray: 'use',
  ampoule: 'use',
  vial: 'use',
  unit: 'use',
  piece: 'use',
  ml: 'use',
  mg: 'use',
  mcg: 'use',
  g: 'use',
  meq: 'use',
};
const LOCAL: ReadonlySet<Site> = new Set([
  'leftEye',
  'rightEye',
  'bothEyes',
  'affectedEye',
  'leftEar',
  'rightEar',
  'bothEars',
  'affectedEar',
]);
const NOSE: ReadonlySet<Site> = new Set(['leftNostril', 'rightNostril', 'eachNostril']);
const INJECTED: ReadonlySet<Site> = new Set(['abdomen', 'thigh', 'upperArm', 'buttock']);

function bySite(step: SigStep): Method | undefined {
  const [site] = step.sites;
  if (site === undefined) return undefined;
  if (LOCAL.has(site))
    return step.dose?.unit === 'application' || step.dose?.unit === 'cm' ? 'apply' : 'instil';
  if (NOSE.has(site)) return step.dose?.unit === 'drop' ? 'instil' : 'use';
  return INJECTED.has(site) ? 'use' : 'apply';
}

/** How a step is done where it does not say: by route, then by place, then by what is counted. */
export function methodOf(step: SigStep): Method {
  if (step.method !== null) return step.method;
  const { dose, route } = step;
  if (route === 'oral') return dose?.unit === 'lozenge' ? 'suck' : 'take';
  const byRoute = route === null ? null : BY_ROUTE[route];
  if (byRoute === 'instil' || byRoute === null)
    return bySite(step) ?? byRoute ?? (dose === null ? 'use' : BY_UNIT[dose.unit]);
  return dose !== null && BY_UNIT[dose.unit] === 'apply' ? 'apply' : byRoute;
}

/** True when there is something to do, not only advice or text. */
export const saysSomething = (step: SigStep): boolean =>
  step.method !== null ||
  step.dose !== null ||
  step.route !== null ||
  step.sites.length > 0 ||
  step.frequency !== null ||
  step.times.length > 0 ||
  step.clock.length > 0 ||
  step.weekdays.length > 0 ||
  step.meal !== null ||
  step.asNeeded ||
  step.reasons.length > 0 ||
  step.duration !== null;

/** Eye, ear and nose are told by the side; the route says it again. */
export const isRouteTold = (step: SigStep): boolean =>
  step.sites.length > 0 &&
  (step.route === 'eye' || step.route === 'ear' || step.route === 'nasal' || step.route === 'topical');

const BIDI_CONTROLS = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Text from outside without marks that would turn the direction of what stands around it. */
export const plainText = (text: string): string => text.replace(BIDI_CONTROLS, '').trim();
