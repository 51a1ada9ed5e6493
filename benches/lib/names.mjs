/** The benches that are recorded and shown in documents, in the order they run. */
export const ALL = ['search', 'screen', 'checkout', 'fill', 'import', 'http', 'start', 'web'];
