/** The fingerprint of the certificate in a description (RFC 8122 section 5), which is that of one end of one link. */
export function fingerprintIn(sdp: string): string | undefined {
  return /a=fingerprint:\S+ (\S+)/.exec(sdp)?.[1]?.replaceAll(':', '');
}
