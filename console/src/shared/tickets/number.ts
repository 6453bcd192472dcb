/** `6X79 2M25`: as people read it out. */
export const spaced = (number: string) => `${number.slice(0, 4)} ${number.slice(4)}`;
