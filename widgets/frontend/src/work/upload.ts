// A file from the browser to the kernel, in pieces over the widget's own channel: it works wherever the widget works.
import { t } from "../core/i18n.ts";
import type { Call } from "../core/rpc.ts";
import { bytes } from "./parts.ts";

const PIECE = 512 * 1024;

/** Send a file and answer the path it has on the kernel's machine. Each piece waits for the one before it. */
export async function upload(call: Call, file: Pick<File, "name" | "size" | "slice">, most: number, onProgress: (done: number) => void): Promise<string> {
  if (file.size > most) {
    throw {
      code: "too_large",
      message: t("{file} has {size}; a browser can send at most {most}.", { file: file.name, size: bytes(file.size), most: bytes(most) }),
      hint: t("Copy it to the machine the notebook runs on, and type its path."),
    };
  }
  if (file.size === 0) throw { code: "empty", message: t("{file} is empty.", { file: file.name }), hint: t("Choose another file.") };
  const { upload: place } = await call<{ upload: string }>("file.upload", { name: file.name, size: file.size });
  let path = "";
  for (let at = 0; at < file.size; at += PIECE) {
    const data = base64(new Uint8Array(await file.slice(at, at + PIECE).arrayBuffer()));
    const answer = await call<{ received: number; path: string }>("file.chunk", { upload: place, at, data });
    path = answer.path;
    onProgress(answer.received);
  }
  return path;
}

/** In steps, because a function takes only so many arguments. */
export function base64(data: Uint8Array): string {
  let text = "";
  for (let at = 0; at < data.length; at += 0x8000) text += String.fromCharCode(...data.subarray(at, at + 0x8000));
  return btoa(text);
}
