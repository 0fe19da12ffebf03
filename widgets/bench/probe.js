// Put into the page by the benchmark and the browser tests; the product knows nothing of it.
// Times are milliseconds of the page's own clock: a key's own time stamp, the frame after which what it asked for
// is on the screen, and the moment the screen has Python's word that nothing is unsaved.
window.__probe ??= (() => {
  const find = (selector) => document.querySelector(`[data-workbench=app] ${selector}`);
  const keys = [];
  const changes = { conversation: 0, list: 0 };
  let wanted = null;
  const count = (name, selector) =>
    new MutationObserver(() => (changes[name] += 1)).observe(find(selector), {
      subtree: true, childList: true, attributes: true, characterData: true,
    });
  count("conversation", ".wb-conversation");
  count("list", ".wb-list");
  new MutationObserver(() => {
    if (find(".wb-saved").dataset.pending !== "0") return;
    for (const key of keys) if (key.durable === null) key.durable = performance.now();
  }).observe(find(".wb-saved"), { attributes: true, childList: true });
  const painted = () =>
    new Promise((go) =>
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => go(performance.now());
        port2.postMessage(0);
      }));
  const shown = async (done, limit = 5000) => {
    const end = performance.now() + limit;
    for (;;) {
      const now = await painted();
      if (done()) return now;
      if (now > end) return null;
    }
  };
  const current = () => find(".wb-item-current")?.dataset.sampleId;
  const conditions = {
    answer: (label) => () => find(`[data-answer="${label}"]`)?.getAttribute("aria-pressed") === "true",
    move: () => {
      const [id, seen] = [current(), changes.conversation];
      return () => current() !== id && changes.conversation > seen && !find(".wb-conversation .wb-loading");
    },
    found: () => {
      const seen = changes.list;
      return () => changes.list > seen && !find(".wb-item-waiting");
    },
    asked: (scheme) => () => find(".wb-ask-now")?.dataset.scheme === scheme && !find(".wb-review .wb-loading"),
    nothing: () => () => true,
  };
  window.addEventListener("keydown", (event) => {
    if (!wanted) return;
    const key = { at: event.timeStamp, paint: null, durable: null };
    const done = conditions[wanted.kind](wanted.what);
    keys.push(key);
    key.shown = shown(done).then((now) => (key.paint = now));
    wanted = null;
  }, true);
  return {
    // The next key is measured until `kind` of thing is on the screen.
    expect: (kind, what = "") => (wanted = { kind, what }, keys.length),
    async paint(index) {
      await keys[index].shown;
      return keys[index].paint === null ? null : keys[index].paint - keys[index].at;
    },
    async durable(index) {
      const end = performance.now() + 5000;
      while (keys[index].durable === null && performance.now() < end) await painted();
      return keys[index].durable === null ? null : keys[index].durable - keys[index].at;
    },
    // Scroll by a step each frame: the length of every frame in milliseconds.
    async scroll(step, frames) {
      const list = find(".wb-list");
      list.scrollTop = 0;
      const lengths = [];
      let last = await new Promise(requestAnimationFrame);
      for (let at = 0; at < frames; at++) {
        list.scrollTop += step;
        const now = await new Promise(requestAnimationFrame);
        lengths.push(now - last);
        last = now;
      }
      return lengths;
    },
    async frames(count) {
      const lengths = [];
      let last = await new Promise(requestAnimationFrame);
      for (let at = 0; at < count; at++) {
        const now = await new Promise(requestAnimationFrame);
        lengths.push(now - last);
        last = now;
      }
      return lengths;
    },
    async jump(share) {
      const list = find(".wb-list");
      const began = performance.now();
      list.scrollTop = share * (list.scrollHeight - list.clientHeight);
      const now = await shown(() => find(".wb-item[data-sample-id]") && !find(".wb-item-waiting"));
      return now === null ? null : now - began;
    },
    // What the kernel takes to answer anything at all: `1`, over a socket of its own.
    async roundTrips(kernel, token, count) {
      const address = `${location.origin.replace("http", "ws")}/api/kernels/${kernel}/channels?token=${token}`;
      const socket = new WebSocket(address);
      await new Promise((go) => (socket.onopen = go));
      const times = [];
      for (let at = 0; at < count; at++) {
        const id = `probe-${at}`;
        const header = { msg_id: id, msg_type: "execute_request", username: "", session: "probe", version: "5.3" };
        const began = performance.now();
        socket.send(JSON.stringify({
          header, parent_header: {}, metadata: {}, channel: "shell",
          content: { code: "1", silent: true, store_history: false, allow_stdin: false, stop_on_error: false },
        }));
        await new Promise((go) => (socket.onmessage = (event) => {
          const message = JSON.parse(event.data);
          if (message.parent_header.msg_id === id && message.msg_type === "execute_reply") go();
        }));
        times.push(performance.now() - began);
      }
      socket.close();
      return times;
    },
  };
})();
