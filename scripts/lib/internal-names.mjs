/**
 * Properties that only our own code and Socket.IO's read, all of it inside the script tag's bundle:
 * there they are shortened. None may be a name of the DOM, of the wire or of the public API; two
 * tests see to that (`test/package/internal-names.test.ts`, `test/widget/internal-names.test.ts`).
 */
export const INTERNAL_NAMES = [
  // The call core's options and methods.
  ...['onPeerChange', 'onConnectionState', 'onMedia', 'onChange'],
  ...['onTrack', 'onLeave', 'onLinkState', 'remoteStream', 'initiator', 'isPresent'],
  ...['createSignaling', 'forgetIdentity', 'sendDescription', 'broadcastState', 'sayGoodbye'],
  ...['isUnanswered', 'isInitiator', 'updateProfile', 'rejoin', 'receiveDescription'],
  ...['receiveCandidate', 'resend', 'resync', 'sendNow', 'asksForMedia', 'wasConnected'],
  ...['troubleMs', 'sinceRestartMs', 'isPatient', 'isReady', 'handOver', 'isAsking', 'giveSeatUp'],
  ...['throwIfOver', 'becomeReady', 'hasMedia', 'checkAbilities', 'restartedAt', 'onFrame'],
  ...['keepsMedia', 'onListed', 'farewells', 'callNext', 'isTelling', 'onPeerLeft'],
  // The views' contexts.
  ...['onPlayable', 'isBusy', 'hasOwnRoom', 'typedName', 'hasOwnName', 'isLoading', 'setForm'],
  ...['unblockSound', 'isSoundBlocked', 'isRelayLost', 'initialsOf', 'isMirrored', 'gridFor'],
  ...['outcomeTexts', 'onEngine', 'showError', 'isPrompted', 'loadOutcomeTexts', 'tileOf'],
  ...['canLeave', 'hintFor', 'panelButtons', 'onChunk', 'takeEngine', 'needFor', 'isAutoAccepting'],
  ...['setName', 'backLabel', 'isQuiet', 'closePanel', 'callingName', 'inCallWith'],
  ...[
    'wasTaken',
    'isPanel',
    'onClick',
    'isCreating',
    'isLinked',
    'isCopied',
    'isStray',
    'isProblem',
  ],
  ...['dropZone', 'insteadOfTiles', 'announcement', 'beginConversation'],
  ...['setTrack', 'membership', 'entering', 'dispatch', 'attempt', 'schedule', 'identify'],
  ...[
    'onMessage',
    'linked',
    'linkChanged',
    'giveUp',
    'senderOf',
    'madeAt',
    'iceSince',
    'sayOverLink',
    'redial',
    'isBeyondRestart',
    'replaceLink',
  ],
  ...['isResuming', 'rememberedCall', 'onError', 'isCurrent', 'isOwn'],
  ...['takeUnheard', 'asFatal', 'converse', 'selfId', 'onSeatGone', 'inTurn', 'keeper'],
  ...['asksFor', 'isRoom', 'isNew', 'isBlocked', 'chatPanel', 'isOver', 'isOpen'],
  // Socket.IO's and Engine.IO's.
  ...['autoUnref', 'upgrading', 'withError'],
  ...['emitReserved', 'setTimeoutFn', 'clearTimeoutFn', 'priorWebsocketSuccess'],
  ...['skipReconnect', 'sendBuffer', 'receiveBuffer', 'createSocket', 'maybeReconnectOnOpen'],
  ...['ondecoded', 'subEvents', 'onevent', 'onack', 'emitBuffered'],
  ...['notifyOutgoingListeners', 'createTransport', 'setTransport', 'onHandshake', 'onPacket'],
  ...['reconnectionAttempts', 'reconnectionDelay', 'reconnectionDelayMax', 'randomizationFactor'],
  ...['tryAllTransports', 'rememberUpgrade', 'timestampRequests', 'timestampParam'],
  ...['closeOnBeforeunload', 'addTrailingSlash', 'transportOptions', 'supportsBinary'],
  ...['forceBase64', 'transportImplementations', 'useNativeTimers'],
];
