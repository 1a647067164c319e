/** What of a chat message is shown: the same on both sides, for neither trusts what the other has made of it. */

// Line breaks and tabs are part of a text. Controls are not, and the two overrides can make the end
// of a line read backwards; marks and isolates stay, for right-to-left texts are written with them.
const UNWANTED = /[^\P{Cc}\n\t]|[\u202d\u202e]/gu;
const LONE_SURROGATE = /\p{Cs}/gu;

/** Empty if there is nothing to read in it. */
export function toChatText(typed: string): string {
  return typed
    .replace(/\r\n?/g, '\n')
    .replace(UNWANTED, '')
    .replace(LONE_SURROGATE, '\ufffd')
    .trim();
}
