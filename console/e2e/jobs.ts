/** A person's way through a job: keys are counted, and what a person would need for them is told beside what the machine took. */
import type { Page } from "@playwright/test";

/** Seconds of a person who types middling well, by the keystroke-level model of Card, Moran and Newell (1980). */
const KEY_S = 0.28;
const THOUGHT_S = 1.35;
/** Keys of an input method for one character: its sound in two letters. */
const KEYS_OF_CHARACTER = 2;

/** `keys`: beside what is typed. What a person does is told apart from what the machine took meanwhile. */
export interface Measured {
  job: string;
  keys: number;
  deciding_s: number;
  typing_s: number;
  machine_s: number;
}

const keysOf = (text: string) => [...text].reduce((keys, each) => keys + (each > "\u2e80" ? KEYS_OF_CHARACTER : 1), 0);
const rounded = (seconds: number) => Math.round(seconds * 10) / 10;

/** Whoever does it thinks before each text and before each key, but for one that only ends what was begun. */
export class Job {
  private keys = 0;
  private typed = 0;
  private thoughts = 0;
  private began = performance.now();

  constructor(
    private readonly page: Page,
    private readonly name: string,
  ) {}

  async press(key: string): Promise<void> {
    this.thoughts += 1;
    await this.ends(key);
  }

  async ends(key: string): Promise<void> {
    this.keys += 1;
    await this.page.keyboard.press(key);
  }

  async type(text: string): Promise<void> {
    this.typed += keysOf(text);
    this.thoughts += 1;
    await this.page.keyboard.insertText(text);
  }

  done(): Measured {
    const deciding = this.keys * KEY_S + this.thoughts * THOUGHT_S;
    const machine = (performance.now() - this.began) / 1000;
    return { job: this.name, keys: this.keys, deciding_s: rounded(deciding), typing_s: rounded(this.typed * KEY_S), machine_s: rounded(machine) };
  }
}
