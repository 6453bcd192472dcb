/** Seconds that have to pass before something may be tried again. */
import { useEffect, useState } from "react";

export function useCountdown(): [number, (seconds: number) => void] {
  const [until, setUntil] = useState(0);
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (until === 0) return undefined;
    const timer = setInterval(() => {
      const now = Math.max(0, Math.ceil((until - performance.now()) / 1000));
      setLeft(now);
      if (now === 0) setUntil(0);
    }, 250);
    return () => clearInterval(timer);
  }, [until]);
  const begin = (seconds: number) => {
    setLeft(seconds);
    setUntil(seconds > 0 ? performance.now() + seconds * 1000 : 0);
  };
  return [left, begin];
}
