// The far end of the page's socket, in the page itself: what the page sends is kept, and what the
// test says is delivered. It also counts the listeners that are alive.
(() => {
  if (globalThis.peer) return;
  let last = null;
  let alive = 0;
  const targets = new WeakMap();
  const seen = (target, name, call) => {
    const calls = targets.get(target) ?? targets.set(target, new Map()).get(target);
    return { calls, key: calls.get(call) ?? calls.set(call, new Set()).get(call), name };
  };
  const { addEventListener: add, removeEventListener: remove } = EventTarget.prototype;
  EventTarget.prototype.addEventListener = function (name, call, options) {
    const target = this ?? globalThis;
    const { key } = seen(target, name, call);
    // What hangs on an element dies with it; only what outlives a component can leak.
    if (!key.has(name) && (target === window || target === document)) alive += 1;
    key.add(name);
    return add.call(target, name, call, options);
  };
  EventTarget.prototype.removeEventListener = function (name, call, options) {
    const target = this ?? globalThis;
    const { key } = seen(target, name, call);
    if (key.delete(name) && (target === window || target === document)) alive -= 1;
    return remove.call(target, name, call, options);
  };
  class Far extends EventTarget {
    constructor(url, protocol) {
      super();
      Object.assign(this, { url, protocol, readyState: 0, extensions: "", bufferedAmount: 0, sent: [] });
      last = this;
    }
    send(text) { this.sent.push(text); }
    close(code = 1005) {
      if (this.readyState > 1) return;
      this.readyState = 3;
      this.dispatchEvent(new CloseEvent("close", { code: code === 1005 ? 1000 : code }));
    }
  }
  globalThis.WebSocket = Far;
  globalThis.peer = {
    wanted: () => last !== null && last.readyState === 0,
    accept: () => { last.readyState = 1; last.dispatchEvent(new Event("open")); },
    say: (data) => { if (last?.readyState === 1) last.dispatchEvent(new MessageEvent("message", { data })); },
    sent: () => (last ? last.sent.splice(0) : []),
    forget: () => { last = null; },
    listeners: () => alive,
  };
})();
