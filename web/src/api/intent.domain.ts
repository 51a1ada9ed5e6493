/** Remembers the key of the user's present intention: the same request keeps its key, another one gets its own. */
export interface IntentKeys {
  keyFor(request: unknown): string;
  /** The intention was carried out; an equal request from now on is a new one. */
  done(): void;
}

/**
 * One slot is enough: a screen has one money-moving button in flight at a time.
 * @param newKey source of unique keys (`crypto.randomUUID` in the browser).
 */
export function createIntentKeys(newKey: () => string): IntentKeys {
  let current: { request: string; key: string } | undefined;
  return {
    keyFor(request) {
      const text = JSON.stringify(request);
      if (current?.request !== text) current = { request: text, key: newKey() };
      return current.key;
    },
    done() {
      current = undefined;
    },
  };
}
