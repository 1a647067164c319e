/** Colours as the browser draws them: what a colour input shows of them, and how well one can be read on another. */
const probe = document.createElement('span');
probe.hidden = true;
// What was chosen is to be seen, also where it is not what is drawn.
probe.style.forcedColorAdjust = 'none';
const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});

/** Red, green and blue of any CSS colour where the preview is, in its colour scheme. */
function bytesOf(colour) {
  document.querySelector('.frame').append(probe);
  probe.style.color = colour;
  canvas.fillStyle = getComputedStyle(probe).color;
  canvas.fillRect(0, 0, 1, 1);
  return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
}

/** As a colour input takes it. */
export function hexOf(colour) {
  return `#${bytesOf(colour)
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')}`;
}

function luminanceOf(colour) {
  const [red, green, blue] = bytesOf(colour).map((byte) => {
    const share = byte / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The contrast of two colours (WCAG 2.2). */
export function ratioOf(ink, ground) {
  const [light, dark] = [luminanceOf(ink), luminanceOf(ground)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}
