/**
 * What we like to hear speech in, said in the descriptions that we send: nothing while nobody speaks
 * (DTX), and what is lost mended from the packet after it (in-band FEC). By RFC 7587, sections 6.1 and 7.1,
 * both parameters tell what the one who says them prefers to receive; nothing of our own sending
 * hangs on them (docs/decisions/065-speech-wishes.md).
 */

/** With these wishes in the parameters of Opus; a description without Opus is what it was. */
export function withSpeechWishes(sdp: string): string {
  const payload = /^a=rtpmap:(\d+) opus\/48000/im.exec(sdp)?.[1];
  return sdp.replace(
    new RegExp(`^(a=fmtp:${payload} )(.*)$`, 'm'),
    (_, name: string, said: string) => {
      const kept = said
        .split(';')
        .map((each) => each.trim())
        .filter((each) => !/^use(dtx|inbandfec)=/.test(each));
      return name + [...kept, 'useinbandfec=1', 'usedtx=1'].join(';');
    },
  );
}
