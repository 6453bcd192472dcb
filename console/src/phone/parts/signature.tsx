/** Signatures: strokes that are kept as they are drawn, and become a picture when somebody else signs or the act is recorded. */
import { useEffect, useRef, type PointerEvent } from "react";
import { local } from "@shared/clock/beijing";
import { serverNow } from "@shared/clock/server";
import { newId } from "@shared/commands/queries";
import type { Draft, Kept, Stroke } from "../outbox/store";
import { t } from "../words";

const [WIDTH, HEIGHT] = [640, 320];
const FOOT = 28;
/** A slip of the finger is none. */
const LEAST_POINTS = 8;

export const isEmpty = (strokes: Stroke[] | undefined) => (strokes ?? []).reduce((sum, stroke) => sum + stroke.length, 0) < LEAST_POINTS;

function paint(canvas: HTMLCanvasElement, strokes: readonly Stroke[]): CanvasRenderingContext2D | null {
  const on = canvas.getContext("2d");
  if (on === null) return null;
  on.fillStyle = "#ffffff";
  on.fillRect(0, 0, WIDTH, HEIGHT);
  on.strokeStyle = "#000000";
  on.fillStyle = "#000000";
  on.lineWidth = 3;
  on.lineCap = "round";
  for (const stroke of strokes) {
    on.beginPath();
    for (const [x, y] of stroke) on.lineTo(x, y);
    on.stroke();
  }
  return on;
}

/** As a file of its own; below it stand the ticket, the act, who signed and when. */
export async function drawn(strokes: Stroke[], signer: string, about: string[]): Promise<Omit<Kept, "user">> {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [WIDTH, HEIGHT];
  const on = paint(canvas, strokes);
  const time = local(serverNow()).replace("T", " ");
  if (on !== null) {
    on.font = "16px sans-serif";
    on.fillText([...about, signer, time].filter(Boolean).join(" · "), 12, HEIGHT - 10);
  }
  const blob = await new Promise<Blob | null>((made) => canvas.toBlob(made, "image/png"));
  const who = signer.replaceAll(/[^\p{L}\p{N}]/gu, "");
  const name = `${[t("phone.signature"), who, time.replaceAll(/[-:]/g, "").replace(" ", "-")].filter(Boolean).join("-")}.png`;
  return { id: newId(), name, type: "image/png", blob: blob ?? new Blob() };
}

interface Given {
  strokes: Stroke[];
  signer: string;
  hold: (change: Partial<Draft>) => void;
  /** Somebody else signs too; undefined: not while something is still being added. */
  another: (() => void) | undefined;
}

export function Signature({ strokes, signer, hold, another }: Given) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const stroke = useRef<Stroke>([]);
  useEffect(() => {
    if (canvas.current !== null) paint(canvas.current, strokes);
  }, [strokes]);

  const place = (event: PointerEvent<HTMLCanvasElement>): [number, number] => {
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    return [Math.round(((event.clientX - left) / width) * WIDTH), Math.min(Math.round(((event.clientY - top) / height) * HEIGHT), HEIGHT - FOOT)];
  };
  const begin = (event: PointerEvent<HTMLCanvasElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    stroke.current = [place(event)];
  };
  const move = (event: PointerEvent<HTMLCanvasElement>) => {
    if (stroke.current.length === 0) return;
    stroke.current.push(place(event));
    paint(event.currentTarget, [...strokes, stroke.current]);
  };
  const end = () => {
    if (stroke.current.length === 0) return;
    hold({ strokes: [...strokes, stroke.current] });
    stroke.current = [];
  };

  return (
    <div role="group" aria-label={t("phone.signature")}>
      <label>
        <span>
          {t("phone.signer")} <small>{t("phone.optional")}</small>
        </span>
        <input autoComplete="off" value={signer} onChange={(event) => hold({ signer: event.target.value })} />
      </label>
      <span>{t("phone.signHere")}</span>
      <canvas
        ref={canvas}
        width={WIDTH}
        height={HEIGHT}
        role="img"
        aria-label={isEmpty(strokes) ? t("phone.signHere") : t("phone.signed")}
        onPointerDown={begin}
        onPointerMove={move}
        onPointerUp={end}
        onPointerCancel={end}
      />
      {strokes.length > 0 && (
        <button type="button" className="plain" onClick={() => hold({ strokes: [] })}>
          {t("phone.signAgain")}
        </button>
      )}
      {!isEmpty(strokes) && (
        <button type="button" className="plain" disabled={another === undefined} onClick={another}>
          {t("phone.signNext")}
        </button>
      )}
    </div>
  );
}
