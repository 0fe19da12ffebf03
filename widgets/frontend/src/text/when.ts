// Times in words.
import { spokenLanguage } from "../core/i18n.ts";

const STEPS: [number, Intl.RelativeTimeFormatUnit][] = [
  [60, "second"],
  [60, "minute"],
  [24, "hour"],
  [30, "day"],
  [12, "month"],
  [Infinity, "year"],
];

/** "3 minutes ago"; `now` and `at` in milliseconds. */
export function ago(at: number, now = Date.now()): string {
  const words = new Intl.RelativeTimeFormat(spokenLanguage(), { numeric: "auto" });
  let amount = (at - now) / 1000;
  for (const [size, unit] of STEPS) {
    if (Math.abs(amount) < size) return words.format(Math.round(amount), unit);
    amount /= size;
  }
  return "";
}

export function exactly(at: number): string {
  return new Date(at).toLocaleString(spokenLanguage());
}
