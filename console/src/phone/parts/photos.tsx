/** Photos that go with an act: made small and kept at once, for the system may end the page while the camera is open. */
import { useEffect, useState } from "react";
import { typeOf } from "@shared/attachments/kinds";
import { made } from "@shared/attachments/shrink";
import { local } from "@shared/clock/beijing";
import { serverNow } from "@shared/clock/server";
import { newId } from "@shared/commands/queries";
import { files } from "../outbox/store";
import { t } from "../words";

/** Below that acts are still kept, photos are not. */
const SPARE_BYTES = 50_000_000;
const MOST = 20;

interface Given {
  /** What they are called by. */
  label: string;
  user: string;
  ids: string[];
  hold: (change: (before: string[]) => string[]) => void;
  /** One more addition is under way, or one less. */
  busy: (by: 1 | -1) => void;
}

async function isFull(): Promise<boolean> {
  const { storage } = navigator as { storage?: StorageManager };
  const told = await storage?.estimate?.();
  return told?.quota !== undefined && told.quota - (told.usage ?? 0) < SPARE_BYTES;
}

export function Photos({ label, user, ids, hold, busy }: Given) {
  const [says, setSays] = useState("");
  const add = async (list: FileList | null) => {
    setSays("");
    if (await isFull()) return setSays(t("phone.full"));
    for (const [place, file] of [...(list ?? [])].slice(0, MOST - ids.length).entries()) {
      const type = typeOf(file);
      if (type === undefined || file.size === 0) {
        setSays(t("phone.noPhoto"));
        continue;
      }
      const { blob, type: as } = await made(file, type);
      const id = newId();
      const time = local(serverNow()).replaceAll(/[-:]/g, "").replace("T", "-");
      const name = `${label}-${time}-${ids.length + place + 1}.${as === "image/png" ? "png" : "jpg"}`;
      await files.put({ id, user, name, type: as, blob });
      hold((before) => [...before, id].slice(0, MOST));
    }
  };
  const take = (list: FileList | null) => {
    busy(1);
    void add(list).finally(() => busy(-1));
  };
  const drop = (id: string) => {
    hold((before) => before.filter((each) => each !== id));
    void files.drop([id]);
  };
  return (
    <div role="group" aria-label={t("phone.photos")}>
      <div className="two">
        <label className="button">
          {t("phone.camera")}
          <input type="file" accept="image/jpeg,image/png" capture="environment" onChange={(event) => take(event.target.files)} />
        </label>
        <label className="button">
          {t("phone.album")}
          <input type="file" accept="image/jpeg,image/png" multiple onChange={(event) => take(event.target.files)} />
        </label>
      </div>
      {says && (
        <p className="wrong" role="alert">
          {says}
        </p>
      )}
      <ul className="pictures">
        {ids.map((id) => (
          <Picture key={id} id={id} drop={() => drop(id)} />
        ))}
      </ul>
    </div>
  );
}

function Picture({ id, drop }: { id: string; drop: () => void }) {
  const [shown, setShown] = useState<{ url: string; name: string }>();
  useEffect(() => {
    let url = "";
    void files.get(id).then((file) => {
      if (file === undefined) return;
      url = URL.createObjectURL(file.blob);
      setShown({ url, name: file.name });
    });
    return () => URL.revokeObjectURL(url);
  }, [id]);
  if (shown === undefined) return null;
  return (
    <li>
      <img src={shown.url} alt={shown.name} />
      <button type="button" className="plain" onClick={drop}>
        {t("phone.removePhoto")}
        <span className="only-read"> {shown.name}</span>
      </button>
    </li>
  );
}
