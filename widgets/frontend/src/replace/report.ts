// What Python answers to replace.* commands (widgets/_replace.py), and the sentences that say it.
import { inDigits, t, tn } from "../core/i18n.ts";
import type { FoundRow } from "./preview.ts";

export interface Report {
  read: number;
  found: number;
  hits: number;
  beyond: number;
  emptied: number;
  rows: FoundRow[];
}

export interface Done {
  changed: number;
  hits: number;
  conflicts: number;
  named: { id: string; title: string }[];
}

export function inOneLine(report: Report, out: number, hitsTaken: number): string {
  const parts = [
    tn("{n} place", "{n} places", report.hits - hitsTaken),
    tn("in {n} of {read} conversation read", "in {n} of {read} conversations read", report.found - out, { read: inDigits(report.read) }),
    out > 0 ? tn("{n} taken out", "{n} taken out", out) : "",
    report.beyond > 0 ? tn("{n} more conversation is beyond what one step may change: replace, then look again", "{n} more conversations are beyond what one step may change: replace, then look again", report.beyond) : "",
    report.emptied > 0 ? tn("{n} turn would be left empty and stays as it is", "{n} turns would be left empty and stay as they are", report.emptied) : "",
  ];
  return parts.filter(Boolean).join(", ");
}

export function doneInWords(done: Done): string {
  return t("Replaced in {places}, {conversations}. u takes it back.", {
    places: tn("{n} place", "{n} places", done.hits),
    conversations: tn("{n} conversation", "{n} conversations", done.changed),
  });
}
