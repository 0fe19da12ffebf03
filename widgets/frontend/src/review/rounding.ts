/** A per cent as people say it: whole, with a decimal only below ten. */
export function round(value: number): string {
  return value > 0 && value < 9.95 && !Number.isInteger(value) ? value.toFixed(1) : String(Math.round(value));
}
