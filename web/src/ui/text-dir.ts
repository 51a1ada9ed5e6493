type Direction = 'ltr' | 'rtl' | 'auto';

/**
 * Direction of what is typed into a field of the kit, for its `attributes`: given as `dir` the kit puts it on the frame
 * around the field, where "auto" sees no text and always means left to right.
 */
export function textDir(dir: Direction): { input: { dir: Direction } } {
  return { input: { dir } };
}
