/** What a file is: by its name where the browser does not know, by what the API calls it where it does. */
import endings from "./endings.json";

const TYPES: Record<string, string> = endings;
const TAKEN: ReadonlySet<string> = new Set(Object.values(TYPES));
const PHOTOS: ReadonlySet<string> = new Set(["image/jpeg", "image/png", "image/webp", "image/avif", "image/heic"]);
const SHOWN: ReadonlySet<string> = new Set(["image/jpeg", "image/png", "image/webp", "image/avif"]);

const endingOf = (name: string) => /\.[^.]+$/.exec(name.toLowerCase())?.[0] ?? "";

/** The type under which it is brought; nothing: the API takes no such file. */
export function typeOf({ name, type }: { name: string; type: string }): string | undefined {
  const stated = type.split(";")[0]?.trim().toLowerCase() ?? "";
  return TAKEN.has(stated) ? stated : TYPES[endingOf(name)];
}

/** Whether a browser could make it smaller. */
export const isPhoto = (type: string) => PHOTOS.has(type);
/** Whether browsers show it by themselves. */
export const isShown = (type: string) => SHOWN.has(type);

/** What a file is called once it is a JPEG. */
export const asJpeg = (name: string) => (/\.jpe?g$/i.test(name) ? name : `${name.replace(/\.(png|webp|avif|heic|heif)$/i, "")}.jpg`);

/** For the dialog in which people choose files. */
export const ACCEPTED = Object.keys(TYPES).join(",");

const UNITS = ["B", "kB", "MB", "GB"];

/** A size as people say it. */
export function sizeSaid(bytes: number): string {
  const step = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), UNITS.length - 1);
  const value = bytes / 1000 ** step;
  return `${value >= 10 || step === 0 ? Math.round(value) : value.toFixed(1)} ${UNITS[step]}`;
}
