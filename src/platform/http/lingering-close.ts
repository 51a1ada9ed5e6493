import type { IncomingMessage } from 'node:http';

/** How long whoever is still sending has for reading what he was answered, ms. */
const LINGER_MS = 1000;

/**
 * Lets the answer to a request be read that was answered before its body had come. A connection that is closed with bytes unread is reset, and
 * a reset throws away what the other side has not read yet, so the answer as well. Here nothing more is read from then on, which stops the
 * sender, and the connection stands half closed until he goes, at most a second.
 */
export function lingerFor(request: IncomingMessage): void {
  const { socket } = request;
  request.pause();
  socket.destroySoon = () => {
    if (socket.writable) socket.end();
    const timer = setTimeout(() => socket.destroy(), LINGER_MS);
    socket.once('close', () => clearTimeout(timer));
  };
}
