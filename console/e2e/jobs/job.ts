/** A person's way through a job: keys are counted, and what a person would need for them is told beside what the machine took. */
import type { Locator, Page } from "@playwright/test";

/** Seconds of a person who types middling well, by the keystroke-level model of Card, Moran and Newell (1980). */
const KEY_S = 0.28;
const THOUGHT_S = 1.35;
/** To point at something, and to press there; for the hand from the keys to the mouse or back. */
const TAP_S = 1.1 + 0.2;
const HOMING_S = 0.4;
/** Keys of an input method for one character: its sound in two letters. */
const KEYS_OF_CHARACTER = 2;

/** `keys`: and taps, beside what is typed. What a person does is told apart from what the machine took meanwhile. */
export interface Measured {
  job: string;
  keys: number;
  deciding_s: number;
  typing_s: number;
  machine_s: number;
}

const keysOf = (text: string) => [...text].reduce((keys, each) => keys + (each > "\u2e80" ? KEYS_OF_CHARACTER : 1), 0);
const rounded = (seconds: number) => Math.round(seconds * 10) / 10;

type Hand = "keys" | "mouse";

/** Whoever does it thinks before each text, key and tap, but for one that only ends what was begun. */
export class Job {
  private keys = 0;
  private taps = 0;
  private homings = 0;
  private hand: Hand | undefined;
  private typed = 0;
  private thoughts = 0;
  private began = performance.now();

  constructor(
    private readonly page: Page,
    private readonly name: string,
    /** Where one types and taps on the same glass the hand goes nowhere. */
    private readonly isTouched = false,
  ) {}

  private goTo(hand: Hand): void {
    if (!this.isTouched && this.hand !== undefined && this.hand !== hand) this.homings += 1;
    this.hand = hand;
  }

  async press(key: string): Promise<void> {
    this.thoughts += 1;
    await this.ends(key);
  }

  async ends(key: string): Promise<void> {
    this.keys += 1;
    this.goTo("keys");
    await this.page.keyboard.press(key);
  }

  async tap(place: Locator): Promise<void> {
    this.thoughts += 1;
    await this.endsAt(place);
  }

  async endsAt(place: Locator): Promise<void> {
    this.tapped(1);
    await place.click();
  }

  /** A list of the browser's own: a tap opens it, another one chooses. */
  async choose(list: Locator, value: string): Promise<void> {
    this.thoughts += 1;
    this.tapped(2);
    await list.selectOption(value);
  }

  /** What was tapped where no test can reach, as in a window of the system's. */
  tapped(taps: number): void {
    this.taps += taps;
    this.goTo("mouse");
  }

  async type(text: string): Promise<void> {
    this.typed += keysOf(text);
    this.thoughts += 1;
    this.goTo("keys");
    await this.page.keyboard.insertText(text);
  }

  done(): Measured {
    const deciding = this.keys * KEY_S + this.taps * TAP_S + this.homings * HOMING_S + this.thoughts * THOUGHT_S;
    const machine = (performance.now() - this.began) / 1000;
    return { job: this.name, keys: this.keys + this.taps, deciding_s: rounded(deciding), typing_s: rounded(this.typed * KEY_S), machine_s: rounded(machine) };
  }
}
