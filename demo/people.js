/**
 * The page of people: another list by its address (`?directory=NAME`), and in the title with whom
 * one is talking. The element does the rest.
 */
const chat = document.querySelector('video-chat-room');
const directory = new URLSearchParams(location.search).get('directory')?.trim();
if (directory) chat.directory = directory;

chat.addEventListener('status-changed', ({detail: {status}}) => {
  const [peer] = status === 'in-call' ? chat.peers : [];
  const title = 'People · Video chat room';
  document.title = peer ? `${peer.displayName || 'Guest'} · ${title}` : title;
});
