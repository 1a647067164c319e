/** Draws medians as bars, in groups, for the documentation: an SVG that follows the reader's light or dark. */

export interface ChartGroup {
  readonly title: string;
  readonly bars: readonly ChartBar[];
}

export interface ChartBar {
  readonly name: string;
  readonly value: number;
  /** What the chart is about, against what it is compared with. */
  readonly isOurs: boolean;
}

const WIDTH = 720;
const LABEL_WIDTH = 170;
const VALUE_WIDTH = 70;
const BAR_HEIGHT = 14;
const ROW_HEIGHT = 20;
const TITLE_HEIGHT = 34;

/** @param unit Stands behind every value. */
export function barChart(title: string, groups: readonly ChartGroup[], unit: string): string {
  const longest = Math.max(...groups.flatMap(({bars}) => bars.map(({value}) => value)));
  const perUnit = (WIDTH - LABEL_WIDTH - VALUE_WIDTH) / longest;
  const parts: string[] = [];
  let y = 40;
  for (const {title: groupTitle, bars} of groups) {
    parts.push(`<text class="group" x="0" y="${y + 14}">${escaped(groupTitle)}</text>`);
    y += TITLE_HEIGHT - 10;
    for (const {name, value, isOurs} of bars) {
      const width = Math.max(1, value * perUnit);
      const middle = y + BAR_HEIGHT - 3;
      parts.push(
        `<text x="${LABEL_WIDTH - 10}" y="${middle}" text-anchor="end">${escaped(name)}</text>`,
        `<rect class="${isOurs ? 'ours' : 'theirs'}" x="${LABEL_WIDTH}" y="${y}" width="${width.toFixed(1)}" height="${BAR_HEIGHT}" rx="3"/>`,
        `<text class="value" x="${(LABEL_WIDTH + width + 6).toFixed(1)}" y="${middle}">${Math.round(value)} ${escaped(unit)}</text>`,
      );
      y += ROW_HEIGHT;
    }
    y += 12;
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y}" role="img" aria-label="${escaped(title)}">
<style>
text { font: 13px system-ui, sans-serif; fill: #333 }
.title { font-size: 15px; font-weight: 600 }
.group { font-weight: 600 }
.value { font-variant-numeric: tabular-nums }
.ours { fill: #2563eb }
.theirs { fill: #9ca3af }
@media (prefers-color-scheme: dark) { text { fill: #ddd } .ours { fill: #60a5fa } .theirs { fill: #6b7280 } }
</style>
<text class="title" x="0" y="18">${escaped(title)}</text>
${parts.join('\n')}
</svg>
`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
