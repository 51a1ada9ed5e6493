import { foldText } from '../../../platform/text/fold.js';

/**
 * The folded name a class is kept under: names in both scripts, so that either finds it, and the code, which tells
 * classes of one name apart ("Corticosteroids" are D07A, R01AD and S01BA …).
 */
export function foldedClass(code: string, name: string, nameAr: string | null | undefined): string {
  return [foldText(name), foldText(nameAr ?? ''), code.toLowerCase()].filter(Boolean).join(' ');
}
