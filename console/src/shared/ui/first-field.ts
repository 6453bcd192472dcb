const FIELD = ":is(input, textarea, select):enabled";
const TOUCHED = "(max-width: 720px), (pointer: coarse)";

/** Whether a field that has the focus would hide half of the form: by touch a keyboard comes with it. */
export const isTouched = (): boolean => matchMedia(TOUCHED).matches;

export const intoFirst = (form: Element | null | undefined): void => form?.querySelector<HTMLElement>(FIELD)?.focus();

/** Whoever opens a form writes. Not by touch. */
export const intoOpened = (form: Element | null): void => void (isTouched() || intoFirst(form));
