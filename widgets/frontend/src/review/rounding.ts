import { inDecimals } from "../core/i18n.ts";

/** A per cent as people say it, as the language writes it: whole, with a decimal only below ten. */
export function round(value: number): string {
  const decimals = value > 0 && value < 9.95 && !Number.isInteger(value) ? 1 : 0;
  return inDecimals(value, decimals);
}
