import { createServer, type Server, type Socket } from 'node:net';

/** A mail as it came in. */
export interface CaughtMail {
  readonly from: string;
  readonly to: string;
  readonly data: string;
}

/** How the server behaves: takes mail, refuses every recipient, is busy, or never says a word. */
type Manner = 'takes' | 'refuses' | 'busy' | 'silent';

/** A mail server of one test: as much of SMTP as a client needs to hand over a message. */
export class SmtpCatcher {
  readonly mails: CaughtMail[] = [];
  manner: Manner = 'takes';
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  static async listen(): Promise<SmtpCatcher> {
    const server = createServer();
    const catcher = new SmtpCatcher(server);
    server.on('connection', (socket) => catcher.talk(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return catcher;
  }

  get url(): string {
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('the mail server does not listen');
    return `smtp://127.0.0.1:${address.port}`;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private talk(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    // A client that goes away in the middle is no matter of the server's.
    socket.on('error', () => socket.destroy());
    if (this.manner === 'silent') return;
    let [text, from, to] = ['', '', ''];
    let isData = false;
    const say = (line: string): boolean => socket.write(`${line}\r\n`);
    const line = (given: string): void => {
      const [verb = ''] = given.toUpperCase().split(/[ :]/, 1);
      if (verb === 'EHLO' || verb === 'HELO') say('250 mail.test');
      else if (verb === 'MAIL') {
        from = /<([^>]*)>/.exec(given)?.[1] ?? '';
        say('250 ok');
      } else if (verb === 'RCPT') {
        to = /<([^>]*)>/.exec(given)?.[1] ?? '';
        say({ takes: '250 ok', refuses: '550 no such user', busy: '451 later', silent: '' }[this.manner]);
      } else if (verb === 'DATA') {
        isData = true;
        say('354 go on');
      } else if (verb === 'QUIT') {
        say('221 bye');
        socket.end();
      } else say('250 ok');
    };
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      for (;;) {
        const end = text.indexOf(isData ? '\r\n.\r\n' : '\r\n');
        if (end < 0) return;
        const piece = text.slice(0, end);
        text = text.slice(end + (isData ? 5 : 2));
        if (!isData) line(piece);
        else {
          isData = false;
          this.mails.push({ from, to, data: piece });
          say('250 taken');
        }
      }
    });
    say('220 mail.test');
  }
}
