/** Takes a text along to another program, and says that it has it. */
import { useEffect, useState } from "react";
import { useWords } from "@shared/words";

const SAID_MS = 3000;

/** Where a browser has no clipboard, as on plain HTTP, or does not give it, the text is marked and copied as by hand. */
async function copied(text: string): Promise<boolean> {
  if (!isSecureContext) return byHand(text);
  return navigator.clipboard.writeText(text).then(() => true, () => byHand(text));
}

function byHand(text: string): boolean {
  const field = document.createElement("textarea");
  field.value = text;
  field.style.position = "fixed";
  document.body.append(field);
  field.select();
  // Nothing else does it here.
  const done = document.execCommand("copy");
  field.remove();
  return done;
}

/** `says`: what of it is copied, where that is not all that stands there. */
export function Copy({ text, says }: { text: string; says?: string }) {
  const { t } = useWords();
  const [isDone, setIsDone] = useState(false);
  useEffect(() => {
    if (!isDone) return undefined;
    const timer = setTimeout(() => setIsDone(false), SAID_MS);
    return () => clearTimeout(timer);
  }, [isDone]);
  return (
    <>
      <button type="button" className="link copy" onClick={() => void copied(text).then(setIsDone)}>
        {says ?? t("copy")}
      </button>
      <span role="status" className="soft">
        {isDone && t("copied")}
      </span>
    </>
  );
}
