/**
 * Keeps things that come and go where they are: a template that stays at its place of an array
 * keeps its DOM, so no video is made anew because somebody else has left. Pure; knows no markup.
 */

/**
 * The items in the places that they had before; `null` where nobody is. A newcomer takes the first
 * place that was free before already: a place that is vacated just now still has the DOM of
 * whoever left, and a new person is to get a new video and a new dialog.
 */
export function keepPlaces<Item extends object | string>(
  items: readonly Item[],
  before: readonly (Item | null)[],
  keyOf: (item: Item) => unknown,
): (Item | null)[] {
  const places = before.map(
    (old) => items.find((item) => old !== null && keyOf(item) === keyOf(old)) ?? null,
  );
  const free = before.flatMap((old, place) => (old === null ? [place] : []));
  items.forEach((item) => {
    if (!places.includes(item)) places[free.shift() ?? places.length] = item;
  });
  while (places.at(-1) === null) places.pop();
  return places;
}
