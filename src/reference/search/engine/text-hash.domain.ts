/** 32-bit hash of a text, case and surrounding blanks ignored: tells apart names that fold to the same words. */
export function hashOfName(text: string): number {
  const plain = text.trim().toLowerCase();
  let hash = 0x811c9dc5;
  for (let at = 0; at < plain.length; at++) hash = Math.imul(hash ^ plain.charCodeAt(at), 0x01000193);
  return (hash ^ (hash >>> 13)) >>> 0;
}
