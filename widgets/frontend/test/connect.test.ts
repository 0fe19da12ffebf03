import assert from "node:assert/strict";
import { test } from "node:test";
import "./dom.ts";
import { connectForm, type ConnectForm } from "../src/panels/generate_connect.ts";
import type { ModelView, Preset } from "../src/panels/generate_types.ts";

const preset = (name: string, base_url: string, key_variable = ""): Preset => ({ name, title: name, base_url, local: base_url.startsWith("http:"), key_variable, needs_key: key_variable !== "", example: "m1", help: `About ${name}` });
const PRESETS = [preset("openai", "https://api.openai.com/v1", "OPENAI_API_KEY"), preset("ollama", "http://localhost:11434/v1"), preset("other", "")];
const EMPTY = { base_url: "", model: "", key_variable: "", key_service: "", key_user: "" };

function form(settings: Partial<ModelView["settings"]> = {}): ConnectForm {
  return connectForm({ presets: PRESETS, settings: { ...EMPTY, ...settings } });
}

function control(from: ConnectForm, name: string): HTMLInputElement {
  const found = from.elements.map((element) => element.querySelector<HTMLInputElement>(`[data-field=${name}]`)).find(Boolean);
  assert.ok(found, name);
  return found;
}

function set(from: ConnectForm, name: string, value: string): void {
  control(from, name).value = value;
  control(from, name).dispatchEvent(new Event("change", { bubbles: true }));
}

function shown(from: ConnectForm, name: string): boolean {
  return !control(from, name).closest("[hidden]");
}

test("a preset fills in the address, the network and the place of the key", () => {
  const made = form();
  set(made, "preset", "openai");
  assert.deepEqual(made.values(), { base_url: "https://api.openai.com/v1", model: "", key_variable: "OPENAI_API_KEY", key_service: "", key_user: "", local: false, usd_per_million_in: "", usd_per_million_out: "" });
  assert.ok(shown(made, "key_variable"));
  assert.match(made.elements[0]!.textContent ?? "", /About openai/);
});

test("another preset replaces what the first one filled in, and leaves no key behind", () => {
  const made = form();
  set(made, "preset", "openai");
  set(made, "preset", "ollama");
  assert.equal(made.values().base_url, "http://localhost:11434/v1");
  assert.equal(made.values().key_variable, "");
  assert.equal(made.values().local, true);
  assert.ok(!shown(made, "key_variable"));
});

test("what a person typed stays", () => {
  const made = form({ base_url: "https://gateway.example/v1", model: "big", key_variable: "OUR_KEY" });
  set(made, "preset", "ollama");
  const { base_url, model, key_variable, local } = made.values();
  assert.deepEqual([base_url, model, key_variable, local], ["https://gateway.example/v1", "big", "OUR_KEY", false]);
});

test("only the chosen place of the key counts", () => {
  const made = form({ key_service: "gateway", key_user: "ana" });
  assert.ok(shown(made, "key_service") && !shown(made, "key_variable"));
  set(made, "preset", "openai");
  assert.equal(made.values().key_service, "gateway");
  assert.equal(made.values().key_variable, "");
  set(made, "key_place", "none");
  assert.deepEqual([made.values().key_service, made.values().key_user], ["", ""]);
});

test("the command that stores the key has the names that are typed", () => {
  const made = form({ key_service: "gateway", key_user: "ana" });
  const command = control(made, "key_user").closest(".wb-pair")!.parentElement!.querySelector("code")!;
  assert.equal(command.textContent, "keyring set gateway ana");
  control(made, "key_service").value = "our gateway";
  control(made, "key_service").dispatchEvent(new Event("input", { bubbles: true }));
  assert.equal(command.textContent, 'keyring set "our gateway" ana');
});

test("settings of a known address show its preset", () => {
  assert.equal(control(form({ base_url: "https://api.openai.com/v1" }), "preset").value, "openai");
  assert.equal(control(form({ base_url: "https://gateway.example/v1" }), "preset").value, "");
});
