/** What the phone says; the build takes these groups of the tables and no others. */
import { command, fact, kind, pause, role, stage, step, unit } from "@shared/words/domain.zh.json";
import { choice, field, left, paused, phone, says, signIn } from "@shared/words/zh.json";

export const words = { command, fact, kind, pause, role, stage, step, unit, choice, field, left, paused, phone, says, signIn };
