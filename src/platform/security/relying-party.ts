/** Whom a security key signs for: the host by its name, and the address the page is at. */
export interface RelyingParty {
  readonly id: string;
  readonly origin: string;
}

/**
 * Keys and passkeys are bound to the address browsers come by. It is configured (MEDITORY_ORIGIN); without that only `localhost`
 * is known, which a browser lets sign without TLS.
 */
export class RelyingParties {
  constructor(private readonly configured: string | undefined) {}

  /** `host` is the Host header. Undefined: keys cannot be used at this address. */
  at(host: string | undefined): RelyingParty | undefined {
    if (this.configured !== undefined)
      return { id: new URL(this.configured).hostname, origin: this.configured };
    if (host === undefined || !/^localhost(:\d{1,5})?$/.test(host)) return undefined;
    return { id: 'localhost', origin: `http://${host}` };
  }
}
