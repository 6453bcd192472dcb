const FIELD = ":is(input, textarea, select):enabled";

/** Whoever opens a form writes. Not by touch: a field that has the focus would hide half of the form on a phone. */
export const intoFirst = (form: Element | null | undefined): void => form?.querySelector<HTMLElement>(FIELD)?.focus();
