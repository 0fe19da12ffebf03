// The order of the queue: as the drafts were made, or those first that a model finds worth a look. The second is there
// only where the test conversations say that the model may be relied on; else it is said why not.
import { fill, h } from "../core/dom.ts";
import { t } from "../core/i18n.ts";
import { trustInWords, type Trust } from "./generate_opinion.ts";

export type Order = "run" | "look";

/** Whether the drafts can stand in the order of opinions, and what the newest of these is worth. */
export interface Look {
  can: boolean;
  trust: Trust | null;
}

/** Why those worth a look cannot come first; "" where they can. */
export function whyNot(look: Look): string {
  if (look.can) return "";
  if (!look.trust) return t("No model was asked about these drafts: m asks one.");
  return t("The model is not to be relied on here, so its opinion gives no order. {trust}", { trust: trustInWords(look.trust) });
}

/** Two buttons above the list. One that cannot be chosen stays within reach of the keys, and says why. */
export class OrderBar {
  readonly element = h("div", { class: "wb-queue-order", role: "group", "aria-label": t("Order of the drafts") });
  private readonly told = h("p", { class: "wb-help", hidden: true, role: "status" });
  private drawn = "";

  constructor(
    private readonly on: (order: Order) => void,
    private readonly leave: () => void,
  ) {}

  /** Nothing is drawn where there is nothing to put in order. */
  draw(order: Order, look: Look, drafts: number): void {
    this.element.hidden = drafts < 2;
    const drawn = JSON.stringify([order, look]);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    const why = whyNot(look);
    this.told.hidden = true;
    const one = (name: Order, text: string, barred: string): HTMLElement =>
      h(
        "button",
        {
          class: "wb-button wb-button-quiet wb-button-small",
          "aria-pressed": String(name === order),
          "aria-disabled": barred ? "true" : null,
          title: barred,
          data: { order: name },
          on: { click: () => (barred ? this.tell(barred) : (this.on(name), this.leave())) },
        },
        text,
      );
    const had = (document.activeElement as HTMLElement | null)?.dataset["order"];
    fill(this.element, one("run", t("As made"), ""), one("look", t("Worth a look first"), why), this.told);
    if (had) this.element.querySelector<HTMLElement>(`[data-order=${had}]`)?.focus();
  }

  /** By key: the other order, or why there is none. */
  other(order: Order, look: Look): void {
    const why = whyNot(look);
    if (order === "run" && why) return this.tell(why);
    this.on(order === "run" ? "look" : "run");
  }

  private tell(why: string): void {
    this.told.textContent = why;
    this.told.hidden = false;
  }
}
