/** Whether the server has another build of the console than the one that this page is of. */

/** The scripts that the server's page asks for; they are named by what they hold. */
async function scripts(): Promise<string> {
  const page = await (await fetch("/", { cache: "no-cache" })).text();
  return [...page.matchAll(/src="(\/assets\/[^"]+)"/g)].map((found) => found[1]).join();
}

const ours = () => [...document.scripts].map((each) => new URL(each.src).pathname).join();

/** Not where nobody answers. */
export const isReplaced = () => scripts().then((found) => found !== "" && found !== ours(), () => false);
