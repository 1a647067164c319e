/**
 * The log: structured lines of JSON by pino. Error: somebody must look; warn: odd, and dealt with;
 * info: one line for each thing that happened to a peer or the process; debug: all the rest. No
 * SDP, no network addresses, no tokens and no room names above debug, for those let people in.
 */
import {pino, type DestinationStream, type Logger} from 'pino';

export type {Logger} from 'pino';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

/** @param destination where lines go; standard output if not given */
export function createLogger(level: LogLevel, destination?: DestinationStream): Logger {
  const options = {
    level,
    // The host name and process id are the business of whoever collects the lines.
    base: null,
    formatters: {level: (label: string) => ({level: label})},
    serializers: {error: pino.stdSerializers.err},
    timestamp: pino.stdTimeFunctions.isoTime,
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}
