import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { withTexts } from '../i18n/i18n';
import { root } from './root-route';
import { type DrugSearch, flag, number, type ReferenceListSearch, text, texts } from './search-params';

/* Drugs and the administration of their catalogue. Their texts travel with them, not with the first load. */

const drugs = createRoute({
  getParentRoute: () => root,
  path: '/drugs',
  validateSearch: (search: Record<string, unknown>): DrugSearch => ({
    q: text(search['q']),
    dosageForm: texts(search['dosageForm']),
    route: texts(search['route']),
    category: texts(search['category']),
    company: texts(search['company']),
    rxOnly: flag(search['rxOnly']),
    inStock: flag(search['inStock']),
    page: number(search['page']),
  }),
  component: lazyRouteComponent(
    () => withTexts('catalog', () => import('../features/catalog/search/drug-search-screen')),
    'DrugSearchScreen',
  ),
});

const newDrug = createRoute({
  getParentRoute: () => root,
  path: '/drugs/new',
  component: lazyRouteComponent(() => withTexts('catalog', () => import('./catalog-parts')), 'NewDrugScreen'),
});

const drug = createRoute({
  getParentRoute: () => root,
  path: '/drugs/$drugId',
  component: lazyRouteComponent(
    () => withTexts('catalog', () => import('../features/catalog/product/drug-screen')),
    'DrugScreen',
  ),
});

const editDrug = createRoute({
  getParentRoute: () => root,
  path: '/drugs/$drugId/edit',
  component: lazyRouteComponent(
    () => withTexts('catalog', () => import('./catalog-parts')),
    'EditDrugScreen',
  ),
});

const catalog = createRoute({
  getParentRoute: () => root,
  path: '/catalog',
  beforeLoad: () => {
    redirect({ to: '/catalog/imports', throw: true });
  },
});

const list = (search: Record<string, unknown>): ReferenceListSearch => ({
  q: text(search['q']),
  page: number(search['page']),
  parentId: number(search['parentId']),
  kind: text(search['kind']),
  verified: flag(search['verified']),
});

const imports = createRoute({
  getParentRoute: () => root,
  path: '/catalog/imports',
  validateSearch: list,
  component: lazyRouteComponent(
    () => withTexts('catalog', () => import('./catalog-parts')),
    'ReleasesScreen',
  ),
});

const newImport = createRoute({
  getParentRoute: () => root,
  path: '/catalog/imports/new',
  component: lazyRouteComponent(
    () => withTexts('catalog', () => import('./catalog-parts')),
    'NewImportScreen',
  ),
});

const oneImport = createRoute({
  getParentRoute: () => root,
  path: '/catalog/imports/$importId',
  component: lazyRouteComponent(() => withTexts('catalog', () => import('./catalog-parts')), 'ImportScreen'),
});

const ruleReleases = createRoute({
  getParentRoute: () => root,
  path: '/catalog/rules',
  validateSearch: list,
  component: lazyRouteComponent(
    () => withTexts('catalog', () => import('./catalog-parts')),
    'RuleReleasesScreen',
  ),
});

const newRules = createRoute({
  getParentRoute: () => root,
  path: '/catalog/rules/new',
  component: lazyRouteComponent(
    () => withTexts('catalog', () => import('./catalog-parts')),
    'NewRulesScreen',
  ),
});

const oneRuleRelease = createRoute({
  getParentRoute: () => root,
  path: '/catalog/rules/$importId',
  component: lazyRouteComponent(
    () => withTexts('catalog', () => import('./catalog-parts')),
    'RuleReleaseScreen',
  ),
});

const worklist = createRoute({
  getParentRoute: () => root,
  path: '/catalog/worklist',
  validateSearch: list,
  component: lazyRouteComponent(
    () => withTexts('catalog', () => import('./catalog-parts')),
    'WorklistScreen',
  ),
});

const ingredients = createRoute({
  getParentRoute: () => root,
  path: '/catalog/ingredients',
  validateSearch: list,
  component: lazyRouteComponent(
    () => withTexts('catalog', () => import('./catalog-parts')),
    'IngredientsScreen',
  ),
});

const referenceList = createRoute({
  getParentRoute: () => root,
  path: '/catalog/lists/$list',
  validateSearch: list,
  component: lazyRouteComponent(
    () => withTexts('catalog', () => import('./catalog-parts')),
    'ReferenceListScreen',
  ),
});

/** Every screen of the catalogue. */
export const catalogRoutes = [
  drugs,
  newDrug,
  drug,
  editDrug,
  catalog,
  imports,
  newImport,
  oneImport,
  ruleReleases,
  newRules,
  oneRuleRelease,
  worklist,
  ingredients,
  referenceList,
] as const;
