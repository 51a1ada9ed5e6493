import { createTransport, type Transporter } from 'nodemailer';

/** Where mail leaves from. The address of the server holds its password: it is never logged. */
export interface MailSettings {
  /** `smtp://user:password@host:587` or `smtps://…:465`. */
  readonly url: string;
  /** The sender, such as `Pharmacy <orders@example.org>`. */
  readonly from: string;
}

export interface MailMessage {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly attachments: readonly {
    readonly filename: string;
    readonly content: string | Buffer;
    readonly contentType: string;
  }[];
}

/**
 * What became of a mail. `refused`: the mail server said no, and says no again; `unreachable`: it did not answer in time, so that
 * another try helps, and where the answer alone was lost the mail may have gone out.
 */
export type MailOutcome = 'sent' | 'refused' | 'unreachable';

/** Longest wait for a connection and for each answer, ms. */
const ANSWER_MS = 10_000;
/** Longest wait for the whole of it, ms; shorter than what a browser waits. */
const WHOLE_MS = 25_000;

/** Sends mail by SMTP where it is configured. */
export class Mailer {
  private readonly transport: Transporter | undefined;

  constructor(
    private readonly settings: MailSettings | undefined,
    private readonly wholeMs = WHOLE_MS,
  ) {
    this.transport =
      settings &&
      createTransport({
        url: settings.url,
        connectionTimeout: ANSWER_MS,
        greetingTimeout: ANSWER_MS,
        socketTimeout: ANSWER_MS,
        // Nothing of a message is fetched from a file or an address.
        disableFileAccess: true,
        disableUrlAccess: true,
      });
  }

  get isConfigured(): boolean {
    return this.transport !== undefined;
  }

  /** Hands a message to the mail server. Throws an Error where none is configured. */
  async send(message: MailMessage): Promise<MailOutcome> {
    if (!this.transport || !this.settings) throw new Error('no mail server is configured');
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<MailOutcome>((resolve) => {
      timer = setTimeout(() => resolve('unreachable'), this.wholeMs);
    });
    const { attachments, ...rest } = message;
    const sending = this.transport
      .sendMail({ from: this.settings.from, ...rest, attachments: attachments.map((one) => ({ ...one })) })
      .then((): MailOutcome => 'sent', outcomeOf);
    try {
      return await Promise.race([sending, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}

/** What an error of the transport means: an answer of the mail server is a refusal, except that it is busy (4xx). */
function outcomeOf(error: unknown): MailOutcome {
  const { responseCode, code } = error as { responseCode?: unknown; code?: unknown };
  if (typeof responseCode === 'number') return responseCode >= 500 ? 'refused' : 'unreachable';
  return code === 'EAUTH' || code === 'EENVELOPE' || code === 'EMESSAGE' ? 'refused' : 'unreachable';
}
