/** A line for people beside the result. */
export const notice = (line: string): void => void process.stderr.write(`${line}\n`);

/** Writes a result for people, or as JSON for machines. */
export function report(json: boolean, value: unknown, lines: readonly string[]): void {
  process.stdout.write(json ? `${JSON.stringify(value)}\n` : `${lines.join('\n')}\n`);
}
