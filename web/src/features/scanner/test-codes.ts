import { GS } from '../../ui/scan/scan-burst.domain';
import type { TestCode } from './scan-diagnosis.domain';

/** A test symbol as it is drawn: a square of modules by rows, or widths of bars and spaces in turn, a bar first. */
export type DrawnCode = TestCode & { readonly id: 'datamatrix' | 'ean13' | 'code128' } & (
    | { readonly rows: readonly string[]; readonly bars?: undefined }
    | { readonly bars: readonly number[]; readonly rows?: undefined }
  );

/**
 * Symbols with letters that keyboard layouts swap, capitals and small ones, and a separator between lot and serial. The product is of the
 * range kept for examples. Drawn once; the test draws them again with bwip-js and reads them back.
 */
export const TEST_CODES: readonly DrawnCode[] = [
  {
    id: 'datamatrix',
    text: `01095212345432131730093010Lot-Zy7${GS}21Aq5w`,
    rows: [
      '1010101010101010101010',
      '1100111101010000111101',
      '1000101101000110101010',
      '1011001100001101110111',
      '1110110001010000011010',
      '1010010011110000110111',
      '1010010000101101100000',
      '1111000010110101011111',
      '1000100111001011001100',
      '1100110111011000010001',
      '1001010110001010101110',
      '1111111010011001000111',
      '1000010111111001111100',
      '1011100000010011111111',
      '1100011001011100000110',
      '1010111000101110111101',
      '1001101101010110101100',
      '1010101110011001011011',
      '1000100000001100101010',
      '1010011100100001000011',
      '1100000001101000010100',
      '1111111111111111111111',
    ],
  },
  {
    id: 'ean13',
    text: '9521234543213',
    bars: [
      1, 1, 1, 1, 2, 3, 1, 2, 2, 1, 2, 1, 2, 2, 2, 2, 1, 2, 2, 1, 1, 4, 1, 1, 1, 3, 2, 1, 1, 1, 1, 1, 1, 2, 3,
      1, 1, 1, 3, 2, 1, 4, 1, 1, 2, 1, 2, 2, 2, 2, 2, 1, 1, 4, 1, 1, 1, 1, 1,
    ],
  },
  {
    id: 'code128',
    text: 'MEDITORY-Zy7aqw',
    bars: [
      2, 1, 1, 2, 1, 4, 1, 1, 3, 1, 2, 3, 1, 3, 2, 1, 1, 3, 1, 1, 2, 3, 1, 3, 2, 3, 1, 3, 1, 1, 2, 1, 3, 3, 1,
      1, 1, 3, 3, 1, 2, 1, 2, 3, 1, 1, 3, 1, 3, 1, 2, 1, 1, 3, 1, 2, 2, 1, 3, 2, 3, 1, 2, 3, 1, 1, 2, 1, 2, 1,
      4, 1, 3, 1, 2, 1, 3, 1, 1, 2, 1, 1, 2, 4, 1, 2, 1, 1, 4, 2, 4, 2, 1, 1, 1, 2, 2, 4, 1, 2, 1, 1, 2, 3, 3,
      1, 1, 1, 2,
    ],
  },
];
