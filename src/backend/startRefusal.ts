/** A start that cannot be: the message is one sentence for the person who reads the log's last line. */
export class StartRefusal extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'StartRefusal';
  }
}
