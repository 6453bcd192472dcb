/** Numbers as people read them out. */
const COUNTRY = /^(?:\+|00)86/;

/** As many digits as a subscriber's number has: from so many on it is asked whose it is. */
export const ENOUGH = 7;

export const digitsOf = (said: string) => said.normalize("NFKC").replaceAll(/\D/g, "");

/** `138 0000 1234`; what is no mobile number stays as it was typed. */
export function grouped(said: string): string {
  const plain = said.normalize("NFKC").replaceAll(/[\s\-()]/g, "").replace(COUNTRY, "");
  const mobile = /^(1[3-9]\d)(\d{4})(\d{4})$/.exec(plain);
  return mobile ? mobile.slice(1).join(" ") : said.trim();
}
