/** Fails a build whose first load, or any later piece, is larger than the budget; gzipped, in kB. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const FIRST_LOAD_KB = 350;
const PIECE_KB = 95;

const [, , folder] = process.argv;
const size = (file) => statSync(existsSync(`${file}.gz`) ? `${file}.gz` : file).size / 1000;

const page = readFileSync(join(folder, "index.html"), "utf8");
const first = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map((found) => found[1]);
const firstLoad = first.reduce((sum, name) => sum + size(join(folder, name)), 0);
const pieces = readdirSync(join(folder, "assets"))
  .filter((name) => /\.(js|css)$/.test(name) && !first.includes(`assets/${name}`))
  .map((name) => [name, size(join(folder, "assets", name))]);
const tooLarge = pieces.filter(([, kb]) => kb > PIECE_KB);

process.stdout.write(`first load ${firstLoad.toFixed(0)} kB of ${FIRST_LOAD_KB}\n`);
if (firstLoad > FIRST_LOAD_KB || tooLarge.length > 0) {
  process.stderr.write(`too large: first load ${firstLoad.toFixed(0)} kB; ${JSON.stringify(tooLarge)}\n`);
  process.exit(1);
}
