/**
 * The title of a page that nobody sees says in turns who calls and what the page itself is called.
 * There is one title, so this is shared by everything on the page that rings. What the page sets
 * meanwhile counts as its title from then on.
 */

/** Browsers let the timers of a hidden page fire about once a second; reading takes as long. */
const PERIOD_MS = 1000;

/** Oldest first; the oldest is shown. Objects, for two callers may have one name. */
const callers = new Set<{readonly text: string}>();

let timer: ReturnType<typeof setInterval> | undefined;
let pageTitle = '';
/** What the title was after we touched it last: anything else is the page's doing. */
let lastSeen = '';
let isOurs = false;

export function flashTitle(text: string, signal: AbortSignal): void {
  const caller = {text};
  if (callers.size === 0) document.addEventListener('visibilitychange', update);
  callers.add(caller);
  update();
  signal.addEventListener(
    'abort',
    () => {
      callers.delete(caller);
      if (callers.size === 0) document.removeEventListener('visibilitychange', update);
      update();
    },
    {once: true},
  );
}

function update(): void {
  const isWanted = document.hidden && callers.size > 0;
  if (isWanted === (timer !== undefined)) return;
  if (isWanted) {
    timer = setInterval(turn, PERIOD_MS);
    lastSeen = pageTitle = document.title;
    turn();
  } else {
    clearInterval(timer);
    timer = undefined;
    if (isOurs) turn();
  }
}

function turn(): void {
  if (document.title !== lastSeen) pageTitle = document.title;
  isOurs = !isOurs;
  const [caller] = callers;
  document.title = isOurs && caller !== undefined ? caller.text : pageTitle;
  // Read back, for a title loses its outer blanks.
  lastSeen = document.title;
}
