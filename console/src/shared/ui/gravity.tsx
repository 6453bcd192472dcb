/** The signs of a clock, drawn: a font that lacks one shows a box. */
import type { Gravity } from "@shared/clock/left";

const DRAWN: Record<Gravity | "stopped", string> = {
  calm: "M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 0 1 0-13M8 4v4.2l2.8 1.6",
  soon: "M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 0 1 0-13M8 1.5V8h6.5",
  near: "M3.5 1.5h9M3.5 14.5h9M4.5 1.5c0 4 3.5 4.5 3.5 6.5s-3.5 2.5-3.5 6.5M11.5 1.5c0 4-3.5 4.5-3.5 6.5s3.5 2.5 3.5 6.5",
  late: "M8 2 1.5 13.5h13zM8 6.5v3.2M8 11.2v.6",
  stopped: "M5.5 2.5v11M10.5 2.5v11",
};

export function Sign({ of }: { of: Gravity | "stopped" }) {
  return (
    <svg className="sign" viewBox="0 0 16 16" aria-hidden="true">
      <path d={DRAWN[of]} />
    </svg>
  );
}
