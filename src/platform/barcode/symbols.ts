import bwipjs from 'bwip-js/node';

export type SymbolKind = 'code128' | 'qrcode' | 'ean13';

/** Height of bars, mm. */
const BARS_MM = 9;

/**
 * A barcode as an SVG picture that scales with its box and needs no network. `code128` takes printable ASCII, `ean13` twelve or thirteen
 * digits with a right check digit. Throws an Error where the text does not fit the symbol.
 */
export function symbolSvg(kind: SymbolKind, text: string): string {
  return bwipjs.toSVG({
    bcid: kind,
    text,
    parse: false,
    ...(kind === 'qrcode' ? { eclevel: 'M' } : { height: BARS_MM }),
  });
}
