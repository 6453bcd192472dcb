/** The sound of an alarm: once for each that somebody has to act on, in one of their tabs, unless they want none. */
import { serverNow } from "@shared/clock/server";
import { preferences, type Preferences } from "@shared/preferences";
import type { components } from "@shared/api/schema";

type Message = Pick<components["schemas"]["MessageDocument"], "grounds" | "data" | "created_at">;

/** When a promise is broken, and when it has been for half its time again. */
const RUNGS: ReadonlySet<unknown> = new Set([100, 150]);
/** Whom an alarm asks to act; managers are told of everybody's, and would hear nothing else. */
const ACT: ReadonlySet<string> = new Set(["owner", "reached"]);
/** When the last one sounded: other tabs of the browser keep still about it. */
const KEY = "zhishou.sounded";
const APART_MS = 400;
export const MUTE_MS = 3_600_000;

export const isLoud = ({ grounds, data }: Message) => ACT.has(grounds.whom) && RUNGS.has(data["rung"]);

/** The newest of those that came since and are to be heard, by when it came. */
export function loudSince(messages: readonly Message[], since: number): number | undefined {
  const came = messages.filter(isLoud).map(({ created_at: at }) => Date.parse(at));
  const newest = Math.max(...came);
  return newest > since ? newest : undefined;
}

export const isMuted = (wish: Pick<Preferences, "sound" | "mutedUntil">, now: number) => !wish.sound || wish.mutedUntil > now;

/** Sounds for what came then, in the first tab that gets to it. */
export function soundFor(came: number): void {
  if (isMuted(preferences(), serverNow())) return;
  setTimeout(() => {
    try {
      if (Number(localStorage.getItem(KEY)) >= came) return;
      localStorage.setItem(KEY, String(came));
    } catch {
      // a browser that keeps nothing sounds in each of its tabs
    }
    play();
  }, Math.random() * APART_MS);
}

const TONES_HZ = [880, 660];
const TONE_S = 0.18;
let audio: AudioContext | undefined;

/** Two short tones; a browser in which nobody has clicked yet keeps still. */
export function play(): void {
  audio ??= new AudioContext();
  const { currentTime: now, destination } = audio;
  void audio.resume();
  for (const [place, tone] of TONES_HZ.entries()) {
    const [oscillator, gain] = [audio.createOscillator(), audio.createGain()];
    const begins = now + place * TONE_S;
    oscillator.frequency.value = tone;
    gain.gain.setValueAtTime(0.15, begins);
    gain.gain.exponentialRampToValueAtTime(0.001, begins + TONE_S);
    oscillator.connect(gain).connect(destination);
    oscillator.start(begins);
    oscillator.stop(begins + TONE_S);
  }
}
