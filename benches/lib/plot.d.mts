export function brief(value: number): string;
export function powersAround(values: readonly number[]): number[];
export function stepsTo(values: readonly number[]): number[];
export function linePlot(plot: {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly isLog?: boolean;
  readonly series: readonly {
    readonly name: string;
    readonly points: readonly (readonly [number, number])[];
  }[];
}): string;
export function barPlot(plot: {
  readonly title: string;
  readonly label: string;
  readonly isLog?: boolean;
  readonly bars: readonly { readonly name: string; readonly value: number }[];
}): string;
