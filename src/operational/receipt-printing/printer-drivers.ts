import { appendFile, mkdir, open } from 'node:fs/promises';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';

import type { PrinterAddress, PrintFailure, ReceiptPrinter } from './receipt-printing.types.js';

/** Longest wait for a network printer, ms: a receipt takes a second or two. */
const WHOLE_MS = 8_000;

/** A network printer: the bytes go to its port as they are, 9100 as a rule. */
class TcpPrinter implements ReceiptPrinter {
  constructor(
    private readonly host: string,
    private readonly port: number,
    private readonly wholeMs: number,
  ) {}

  print(bytes: Uint8Array): Promise<PrintFailure | undefined> {
    return new Promise((resolve) => {
      let isConnected = false;
      const socket = connect({ host: this.host, port: this.port });
      const end = (failure?: PrintFailure): void => {
        clearTimeout(timer);
        socket.destroy();
        resolve(failure);
      };
      const timer = setTimeout(() => end('timeout'), this.wholeMs);
      socket.once('error', () => end(isConnected ? 'refused' : 'unreachable'));
      socket.once('connect', () => {
        isConnected = true;
        // Called when the last byte has left and the printer has been told that nothing follows.
        socket.end(bytes, () => undefined);
      });
      // What a printer says back is read and dropped: unread, it would keep the connection open.
      socket.resume();
      socket.once('close', (hadError) => end(hadError ? 'refused' : undefined));
    });
  }
}

/** A printer device of the server, which is never made where it is missing. */
class DevicePrinter implements ReceiptPrinter {
  constructor(private readonly path: string) {}

  async print(bytes: Uint8Array): Promise<PrintFailure | undefined> {
    try {
      const device = await open(this.path, 'r+');
      try {
        await device.write(bytes);
      } finally {
        await device.close();
      }
      return undefined;
    } catch {
      return 'no-device';
    }
  }
}

/** A file the bytes are added to: for a spooler, or to look at them. */
class FilePrinter implements ReceiptPrinter {
  constructor(private readonly path: string) {}

  async print(bytes: Uint8Array): Promise<PrintFailure | undefined> {
    try {
      await mkdir(dirname(this.path), { recursive: true });
      await appendFile(this.path, bytes);
      return undefined;
    } catch {
      return 'no-device';
    }
  }
}

/** The way to a printer; files lie in `folder`. `wholeMs` is the longest wait for a network printer. */
export function printerAt(address: PrinterAddress, folder: string, wholeMs = WHOLE_MS): ReceiptPrinter {
  const { driver, host, port, path } = address;
  if (driver === 'tcp') return new TcpPrinter(host ?? '', port ?? 0, wholeMs);
  return path?.startsWith('/dev/')
    ? new DevicePrinter(path)
    : new FilePrinter(join(folder, path ?? 'receipts.prn'));
}
