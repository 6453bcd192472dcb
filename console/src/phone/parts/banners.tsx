/** What holds for the whole phone just now, above every page. */
import { moment } from "@shared/clock/beijing";
import { offset, serverNow } from "@shared/clock/server";
import { usePhone } from "../state";
import { t } from "../words";

const OFF_MS = 60_000;
const MINUTE_MS = 60_000;

const takeOver = (worker: ServiceWorker) => worker.postMessage("take over");

export function Banners() {
  const { isReached, heard, newBuild } = usePhone();
  const off = Math.round(offset() / MINUTE_MS);
  return (
    <div className="banners">
      {!isReached && (
        <p role="status">{heard ? t("phone.offlineSince", { at: moment(heard.at, serverNow()) }) : t("phone.offline")}</p>
      )}
      {Math.abs(offset()) > OFF_MS && <p role="status">{t(off > 0 ? "phone.clockSlow" : "phone.clockFast", { minutes: Math.abs(off) })}</p>}
      {!isSecureContext && <p>{t("phone.insecure")}</p>}
      {newBuild && (
        <p>
          {t("phone.newBuild")}{" "}
          <button type="button" className="plain" onClick={() => takeOver(newBuild)}>
            {t("phone.reload")}
          </button>
        </p>
      )}
    </div>
  );
}
