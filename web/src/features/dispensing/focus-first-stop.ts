/** Puts the cursor where the first stop of a form wants its reason; a ref, so that it happens once, when the form is there. */
export function focusFirstStop(form: HTMLElement | null): void {
  form?.querySelector<HTMLElement>('[data-stop-reason]')?.focus();
}
