/** The headers that every answer of the relay carries, whoever gives it. Knows no routes. */
import type {Server as HttpServer} from 'node:http';
import type {Duplex} from 'node:stream';

export const COMMON_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
} as const;

/** Of answers that are a few words, or for programs: nothing in them is to be loaded, run or framed. */
export const WORDS_HEADERS = {
  ...COMMON_HEADERS,
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
} as const;

const PHRASES: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

/** Answers what is not HTTP as Node itself would, with the headers. For a server of our own only. */
export function answerMalformed(server: HttpServer): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    const {bytesWritten = 0} = socket as {bytesWritten?: number};
    // In the middle of another answer, words of ours would be taken for a part of it.
    if (error.code === 'ECONNRESET' || !socket.writable || bytesWritten > 0) {
      socket.destroy();
      return;
    }
    const headers = {...WORDS_HEADERS, Connection: 'close', 'Content-Length': '0'};
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    const phrase = PHRASES[error.code ?? ''] ?? '400 Bad Request';
    socket.end(`HTTP/1.1 ${phrase}\r\n${lines.join('')}\r\n`);
  });
}
