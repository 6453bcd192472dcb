/** Fails a build whose first load, any later piece, or phone, is larger than the budget; gzipped, in kB. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const FIRST_LOAD_KB = 350;
const PIECE_KB = 95;
/** All of the phone, in every language: it comes over a weak line, and is kept. */
const PHONE_KB = 60;
/** What draws the figures is loaded by whoever opens them. */
const DRAWING_KB = 190;

const [, , folder] = process.argv;
const size = (name) => statSync(join(folder, existsSync(join(folder, `${name}.gz`)) ? `${name}.gz` : name)).size / 1000;
const sum = (names) => names.reduce((all, name) => all + size(name), 0);

const page = readFileSync(join(folder, "index.html"), "utf8");
const first = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map((found) => found[1]);
const assets = readdirSync(join(folder, "assets")).filter((name) => !/\.(br|gz)$/.test(name)).map((name) => `assets/${name}`);
const ofPhone = assets.filter((name) => name.startsWith("assets/m-"));
const pieces = assets
  .filter((name) => /\.(js|css)$/.test(name) && !ofPhone.includes(name) && !first.includes(name))
  .map((name) => [name, size(name)]);

const told = [["first load", sum(first), FIRST_LOAD_KB], ["phone", sum(["m/index.html", "m/sw.js", ...ofPhone]), PHONE_KB]];
for (const [name, kb, most] of told) process.stdout.write(`${name} ${kb.toFixed(0)} kB of ${most}\n`);
const tooLarge = [...pieces.filter(([name, kb]) => kb > (name.startsWith("assets/chart-") ? DRAWING_KB : PIECE_KB)), ...told.filter(([, kb, most]) => kb > most)];
if (tooLarge.length > 0) {
  process.stderr.write(`too large: ${JSON.stringify(tooLarge)}\n`);
  process.exit(1);
}
