/** Firefox cannot be told what to answer to its own question: a canvas stands for the screen that a person chooses. */

/** Runs in the page, before anything of the page's own does. */
export function chooseCanvas(): void {
  navigator.mediaDevices.getDisplayMedia = () => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [640, 360];
    const draw = canvas.getContext('2d')!;
    let step = 0;
    setInterval(() => {
      draw.fillStyle = `hsl(${(step++ * 7) % 360} 60% 60%)`;
      draw.fillRect(0, 0, 640, 360);
    }, 50);
    return Promise.resolve(canvas.captureStream(20));
  };
}
