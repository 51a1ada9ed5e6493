/* The screens of compounding as one file for the browser: what the first load knows of each file it may fetch counts (ADR 18). */
export { BatchScreen } from '../features/compounding/batch-screen';
export { BatchesScreen } from '../features/compounding/batches-screen';
export { FormulaScreen, NewFormulaScreen } from '../features/compounding/formula-screen';
export { FormulasScreen } from '../features/compounding/formulas-screen';
export { NewBatchScreen } from '../features/compounding/new-batch-screen';
