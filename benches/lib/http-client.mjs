// A keep-alive HTTP/1.1 connection that costs the machine little: fetch() would take as much of it as the server measured.
import { Buffer } from 'node:buffer';
import { connect } from 'node:net';

const HEADER_END = Buffer.from('\r\n\r\n');

export class Connection {
  #port;
  #socket;
  #head;
  #received = Buffer.alloc(0);
  #waiting;

  constructor(port, headers) {
    this.#head = Object.entries({ host: `127.0.0.1:${port}`, ...headers })
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('');
    this.#port = port;
    this.#connect();
  }

  #connect() {
    const socket = connect({ port: this.#port, host: '127.0.0.1', noDelay: true });
    socket.on('data', (chunk) => this.#take(chunk));
    socket.on('error', (error) => this.#waiting?.reject(error));
    // A server hangs up on who asks for nothing for a minute: the next request opens another connection.
    socket.on('close', () => {
      if (socket === this.#socket) this.#waiting?.reject(new Error('The server hung up.'));
    });
    this.#received = Buffer.alloc(0);
    this.#socket = socket;
  }

  /** Sends one GET and answers the body as bytes; throws on any status but 200. */
  async get(path) {
    const { status, head, body } = await this.#send(`GET ${path} HTTP/1.1\r\n${this.#head}\r\n`);
    if (status !== 200) throw new Error(head);
    return body;
  }

  /** Sends one GET and answers its status and body, whatever they are. */
  ask(path) {
    return this.#send(`GET ${path} HTTP/1.1\r\n${this.#head}\r\n`);
  }

  /** Sends one POST of JSON and answers its status and body, whatever they are. */
  post(path, content, headers = {}) {
    const json = JSON.stringify(content);
    const more = Object.entries(headers)
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('');
    const length = Buffer.byteLength(json);
    return this.#send(
      `POST ${path} HTTP/1.1\r\n${this.#head}${more}content-type: application/json\r\ncontent-length: ${length}\r\n\r\n${json}`,
    );
  }

  close() {
    this.#socket.destroy();
  }

  #send(text) {
    if (!this.#socket.writable) this.#connect();
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#socket.write(text);
    });
  }

  #take(chunk) {
    if (!this.#waiting) return; // a server that waited too long for a request says so before it hangs up
    this.#received = this.#received.length > 0 ? Buffer.concat([this.#received, chunk]) : chunk;
    const end = this.#received.indexOf(HEADER_END);
    if (end < 0) return;
    const head = this.#received.toString('latin1', 0, end);
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
    if (this.#received.length < end + 4 + length) return;
    const body = this.#received.subarray(end + 4, end + 4 + length);
    this.#received = this.#received.subarray(end + 4 + length);
    const { resolve } = this.#waiting;
    this.#waiting = undefined;
    resolve({ status: Number(head.slice('HTTP/1.1 '.length, 'HTTP/1.1 200'.length)), head, body });
  }
}
