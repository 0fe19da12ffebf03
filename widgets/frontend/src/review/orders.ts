// The orders of a queue, in words.
import { key } from "../core/i18n.ts";
import type { Order } from "./types.ts";

export const ORDERS: { order: Order; label: string; help: string }[] = [
  { order: "random", label: key("Random"), help: key("A fair sample of what the query finds.") },
  {
    order: "uncertain",
    label: key("Least sure first"),
    help: key("Where suggestions have the lowest confidence, or answers lie far apart. The rest follows in random order."),
  },
  {
    order: "disputed",
    label: key("Disagreement first"),
    help: key("Where people's answers lie furthest apart. You do not see them before you answer."),
  },
  { order: "query", label: key("As found"), help: key("In the order of the search.") },
  {
    order: "again",
    label: key("My own answers again"),
    help: key("Asks what you answered before, without showing it, and tells how far you agree with yourself."),
  },
  {
    order: "settle",
    label: key("Settle disagreements"),
    help: key("Shows both answers side by side. Yours, with a reason, decides; nobody's is overwritten."),
  },
];

export function orderLabel(order: Order): string {
  return ORDERS.find((item) => item.order === order)?.label ?? order;
}
