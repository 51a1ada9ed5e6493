import type { DrawnCode } from './test-codes';

/** Modules of quiet around a symbol: bars ask for ten and more on the left, a matrix for one. */
const QUIET = 11;
const MATRIX_QUIET = 4;
const MODULE_PX = 2;
const MATRIX_MODULE_PX = 5;
const BAR_HEIGHT = 45;

/** A symbol as a drawing that is black on white in dark colours too, and in whole pixels: scanners read nothing else. */
export function SymbolPicture({ code, label }: { code: DrawnCode; label: string }) {
  const path = code.rows ? matrixPath(code.rows) : barsPath(code.bars);
  const quiet = code.rows ? MATRIX_QUIET : QUIET;
  const width = (code.rows ? (code.rows[0]?.length ?? 0) : sum(code.bars)) + 2 * quiet;
  const height = (code.rows ? code.rows.length : BAR_HEIGHT) + 2 * quiet;
  const scale = code.rows ? MATRIX_MODULE_PX : MODULE_PX;
  return (
    <svg
      role="img"
      aria-label={label}
      width={width * scale}
      height={height * scale}
      viewBox={`0 0 ${width} ${height}`}
      shapeRendering="crispEdges"
    >
      <rect width={width} height={height} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}

const sum = (widths: readonly number[]): number => widths.reduce((all, one) => all + one, 0);

function matrixPath(rows: readonly string[]): string {
  return rows
    .flatMap((row, y) =>
      [...row].map((module, x) => (module === '1' ? `M${x + MATRIX_QUIET} ${y + MATRIX_QUIET}h1v1h-1z` : '')),
    )
    .join('');
}

/** Widths of bars and spaces in turn, a bar first. */
function barsPath(bars: readonly number[]): string {
  let x = QUIET;
  let path = '';
  bars.forEach((width, index) => {
    if (index % 2 === 0) path += `M${x} ${QUIET}h${width}v${BAR_HEIGHT}h-${width}z`;
    x += width;
  });
  return path;
}
