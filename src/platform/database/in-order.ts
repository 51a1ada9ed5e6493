type Answers<T extends readonly unknown[]> = { -readonly [K in keyof T]: Awaited<T[K]> };

/**
 * The answers of commands begun in the same moment, whose statements travel together. Waits for all of them; when some
 * fail, throws what the first in this order threw, since the others fail with it and know less.
 */
export async function inOrder<const T extends readonly unknown[]>(begun: T): Promise<Answers<T>> {
  const settled = await Promise.allSettled(begun);
  const failed = settled.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
  return settled.map((one) => (one as PromiseFulfilledResult<unknown>).value) as Answers<T>;
}
