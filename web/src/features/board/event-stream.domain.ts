/** One server-sent event: its name and its data, read as JSON. */
export interface StreamEvent {
  event: string;
  data: unknown;
}

/** Takes server-sent events out of text that comes in pieces, wherever it is cut. */
export function createEventReader(): (piece: string) => StreamEvent[] {
  let rest = '';
  return (piece) => {
    const blocks = (rest + piece).replaceAll('\r\n', '\n').split('\n\n');
    rest = blocks.pop() ?? '';
    return blocks.flatMap((block) => {
      const fields = block.split('\n').map((line) => /^(\w+): ?(.*)$/.exec(line));
      const valuesOf = (name: string) =>
        fields.flatMap((field) => (field?.[1] === name ? [field[2] ?? ''] : []));
      const [event] = valuesOf('event');
      const data = valuesOf('data').join('\n');
      return event === undefined || data === '' ? [] : [{ event, data: JSON.parse(data) as unknown }];
    });
  };
}
