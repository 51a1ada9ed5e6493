/** Characters of a password that is all there is; with a second factor fewer do, and the server says how many. */
export const MIN_PASSWORD = 15;
