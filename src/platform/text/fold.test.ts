import { describe, expect, it } from 'vitest';
import { foldText, tokenise } from './fold.js';

describe('foldText', () => {
  it.each([
    ['Panadol  EXTRA®', 'panadol extra'],
    ['Café Crème', 'cafe creme'],
    ['Straße Ørsted Łódź', 'strasse orsted lodz'],
    ['بنادول إكسترا', 'بنادول اكسترا'],
    ['أدوية آمنة ٱلقلب', 'ادويه امنه القلب'],
    ['مُضَادّ حَيَوِيّ', 'مضاد حيوي'],
    ['كـــبسولة', 'كبسوله'],
    ['مستشفى لؤلؤ شواطئ', 'مستشفي لولو شواطي'],
    ['باراسيتامول ٥٠٠ مجم', 'باراسيتامول 500 مجم'],
    ['۲۵٫۵ mg', '25.5 mg'],
    ['AUGMENTIN 1 GM (14 TAB.)', 'augmentin 1 gm 14 tab'],
    ['0.5/10 mg + 5 %', '0.5/10 mg 5'],
    ['GLUCOSE 5% I.V.', 'glucose 5% i v'],
    ['2+1. A/B C.D', '2+1 a b c d'],
    ['½ ﬁlm ㎎', '1/2 film mg'],
    ['\u200eVIT\u00adAMIN\ufeff C', 'vitamin c'],
    [' - . ', ''],
  ])('folds %j to %j', (raw, folded) => {
    expect(foldText(raw)).toBe(folded);
  });
});

describe('tokenise', () => {
  it.each([
    ['AMOX 500MG CAP.', ['amox', '500', 'mg', 'cap']],
    ['Vitamin B12 2.5ml/5', ['vitamin', 'b12', '2.5', 'ml', '5']],
    ['5-Fluorouracil 5%', ['5', 'fluorouracil', '5%']],
    ['٥٠٠مجم', ['500', 'مجم']],
    ['…', []],
  ])('splits %j into %j', (raw, words) => {
    expect(tokenise(raw)).toEqual(words);
  });
});
