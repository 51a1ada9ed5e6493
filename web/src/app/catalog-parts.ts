/* The screens of the administration of the catalogue as one file for the browser: what the first load knows of each file it may fetch counts (ADR 18). */
export { EditDrugScreen, NewDrugScreen } from '../features/catalog/edit/drug-edit-screen';
export { ImportScreen } from '../features/catalog/imports/import-screen';
export { IngredientsScreen } from '../features/catalog/admin/ingredients-screen';
export { NewImportScreen } from '../features/catalog/imports/new-import-screen';
export { NewRulesScreen } from '../features/catalog/imports/rules/new-rules-screen';
export { ReferenceListScreen } from '../features/catalog/admin/reference-list-screen';
export { ReleasesScreen } from '../features/catalog/imports/releases-screen';
export { RuleReleaseScreen } from '../features/catalog/imports/rules/rule-release-screen';
export { RuleReleasesScreen } from '../features/catalog/imports/rules/rule-releases-screen';
export { WorklistScreen } from '../features/catalog/admin/worklist-screen';
