import { startAuthentication, startRegistration } from '@simplewebauthn/browser';
import { api } from '../../api/client';
import { Problem } from '../../api/problem';

/** Options as the server hands them out. */
type Options = Record<string, unknown>;

/** True where this browser can use security keys and passkeys at all: by TLS, or at localhost. */
export const canUseKeys = (): boolean => window.isSecureContext && 'PublicKeyCredential' in window;

/** A person who closed the browser's question, or waited too long, is told so in our words. */
async function asked<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem({ status: 0, code: 'key-not-used', title: 'The key was not used' });
  }
}

/** Lets one of the keys that `options` name sign. */
export const signWithKey = (options: Options): Promise<object> =>
  asked(() => startAuthentication({ optionsJSON: options as never }));

/** Lets whoever sits there sign with a passkey of his. */
export async function signWithPasskey(): Promise<object> {
  return signWithKey(await api.post<Options>('/auth/passkey/options'));
}

/** Makes a key for the user who is signed in. */
export async function makeKey(): Promise<object> {
  const options = await api.post<Options>('/auth/mfa/webauthn/options');
  return asked(() => startRegistration({ optionsJSON: options as never }));
}
