/** A start that cannot be: the message is one sentence for the person who reads the log's last line. */
export class StartRefusal extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super(message);
    this.name = 'StartRefusal';
    this.exitCode = exitCode;
  }
}
