/** The entry `video-chat-room/call`: the call core without the element. */
export {CallSession} from './call/call-session.js';
export {CallError} from './call/call-error.js';
export type {ErrorCode} from './call/call-error.js';
export type {CallEventDetails, CallEventName, PeerRef} from './call/call-events.js';
export type {CallMedia, CallOptions} from './call/call-options.js';
export type {DeviceChange} from './call/device-change.js';
export type {
  CallState,
  CallStatus,
  Invitation,
  LocalMediaState,
  PeerState,
  Person,
  PersonState,
  Self,
  Quality,
  SignalingState,
} from './call/call-state.js';
export type {ChatDraft, ChatMessage, FileTransfer, SendFileOptions} from './call/talk-state.js';
export type {EndReason} from '../protocol/codes.js';
