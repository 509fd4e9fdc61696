// Parlor's service worker: the page opens without a network, and notifications lead to their room.
// The build writes which one it is and which files it is made of; this file itself is never cached.
const BUILD = "%BUILD%";
const FILES = ["%FILES%"];

const BEGINNING = "parlor.shell.";
const SHELL = BEGINNING + BUILD;
// For so long the network may think about a page, in milliseconds.
const PATIENCE_MS = 2000;
// The addresses that are the page.
const PAGE = /^\/(r\/[^/]*)?$/;

addEventListener("install", (event) => {
  event.waitUntil(caches.open(SHELL).then((shell) => shell.addAll(FILES)));
});

addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const old = (name) => name.startsWith(BEGINNING) && name !== SHELL;
    await Promise.all((await caches.keys()).filter(old).map((name) => caches.delete(name)));
    await clients.claim();
  })());
});

// What a page says. Which build it is: one of this build lets this worker take over, to another this
// worker is the news. That the person wants the new build now. What to notify of, and what was read.
addEventListener("message", (event) => {
  const { data, source } = event;
  if (data.ring) inTurn(event, () => ring(data.ring, source));
  else if (data.hush) inTurn(event, () => hush(data.hush));
  else if (data === BUILD || data === "take over") skipWaiting();
  else source?.postMessage("update");
});

// One after another: several tabs ask for the same at the same moment.
let turn = Promise.resolve();
function inTurn(event, act) {
  turn = turn.then(act, act);
  event.waitUntil(turn);
}

// Shows a message, unless a page is being looked at, or it is shown already.
async function ring({ room, number, title, body }, source) {
  if ((await chats()).some((page) => page.focused)) return;
  const [shown] = await registration.getNotifications({ tag: room });
  if (shown && shown.data >= +number) return;
  const icon = "/assets/icon-192.png";
  // The page has a sound of its own, and lets the person turn it off.
  const options = { body, tag: room, renotify: true, silent: true, icon, data: +number };
  await registration.showNotification(title, options);
  source?.postMessage("rang");
}

// The tabs that show the chat, and not what stands beside it.
async function chats() {
  const pages = await clients.matchAll({ type: "window" });
  return pages.filter((page) => PAGE.test(new URL(page.url).pathname));
}

async function hush(room) {
  for (const shown of await registration.getNotifications({ tag: room })) shown.close();
}

addEventListener("notificationclick", (event) => {
  const room = event.notification.tag;
  event.notification.close();
  event.waitUntil((async () => {
    const [page] = await chats();
    if (!page) return clients.openWindow("/r/" + room);
    await page.focus();
    page.postMessage({ open: room });
  })());
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate") {
    if (PAGE.test(pathname)) event.respondWith(page(request));
  } else if (FILES.includes(pathname)) {
    event.respondWith(held(pathname).then((file) => file ?? fetch(request)));
  }
});

// The network's page, or the one held where the network takes too long, fails, or stands before a
// server that is down.
async function page(request) {
  const network = fetch(request);
  const patience = new Promise((done) => setTimeout(done, PATIENCE_MS));
  const answer = await Promise.race([network, patience]).catch(() => undefined);
  if (answer && answer.status < 500) return answer;
  return (await held("/")) ?? network;
}

function held(path) {
  return caches.match(path, { cacheName: SHELL });
}
