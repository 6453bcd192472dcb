/** What a room sees from afar: what is due next, largest first. It runs for weeks, and nobody sits at it. */
import { Button } from "antd";
import { useEffect, useMemo, useRef, useState } from "react";
import { Link } from "react-router";
import { ApiProblem } from "@shared/api/problems";
import { clock, second } from "@shared/clock/beijing";
import { offset, serverNow } from "@shared/clock/server";
import { useNow } from "@shared/clock/ticker";
import { play } from "@shared/sound";
import { isReplaced } from "@shared/ui/build";
import { useWords } from "@shared/words";
import { Entering, kept } from "./entering";
import { Figures } from "./figures";
import { useWall, type Wall } from "./queries";
import { Rows } from "./rows";
import { isBrokenSince, isQuiet, stoodSince } from "./standing";
import "./page.css";

const LOOKS_EACH_MS = 20_000;

export default function WallPage() {
  const { t } = useWords();
  const [token, setToken] = useState(kept);
  const { data, error, dataUpdatedAt } = useWall(token);
  const isShut = error instanceof ApiProblem && (error.status === 401 || error.status === 403);
  useNewBuild();
  if (isShut) return <Entering why={token === "" ? undefined : error.message} enter={setToken} />;
  return (
    <main className="wall">
      <header className="wall-head">
        <h1>
          <Link to="/">值守</Link> <Time />
        </h1>
        {data && <Figures wall={data} />}
        {data && <Sound wall={data} />}
      </header>
      <Still heardAt={dataUpdatedAt} />
      {!data && <p role="status">{t(error ? "noAnswer" : "wall.coming")}</p>}
      {data && <Rows wall={data} />}
    </main>
  );
}

function Time() {
  return <time>{second(useNow()).slice(-8)}</time>;
}

/** In words, for colour alone says nothing. */
function Still({ heardAt }: { heardAt: number }) {
  const { t } = useWords();
  // By the server's clock, as it was believed then.
  const at = useMemo(() => (heardAt > 0 ? heardAt + offset() : 0), [heardAt]);
  const since = stoodSince(at, useNow());
  return (
    <p className={since === undefined ? "wall-still none" : "wall-still"} role="alert">
      {since !== undefined && t("wall.still", { at: clock(since) })}
    </p>
  );
}

/** Heard once somebody has clicked, as browsers want it, and for what is broken from then on. */
function Sound({ wall }: { wall: Wall }) {
  const { t } = useWords();
  const [isOn, turn] = useState(false);
  const before = useRef<Wall>(undefined);
  useEffect(() => {
    if (isOn && isBrokenSince(before.current, wall)) play();
    before.current = wall;
  }, [isOn, wall]);
  return (
    <Button
      aria-pressed={isOn}
      onClick={() => {
        if (!isOn) play();
        turn(!isOn);
      }}
    >
      {t(isOn ? "wall.loud" : "wall.silent")}
    </Button>
  );
}

function useNewBuild(): void {
  useEffect(() => {
    const look = () => isQuiet(serverNow()) && void isReplaced().then((is) => is && location.reload());
    const timer = setInterval(look, LOOKS_EACH_MS);
    return () => clearInterval(timer);
  }, []);
}
