import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What Prometheus is told. Labels come from closed sets, so that nobody's input makes series. */
export class Metrics {
  readonly registry = new Registry();
  readonly #registers = [this.registry];

  readonly requests = new Counter({
    name: 'tokenfare_http_requests_total',
    help: 'Answered requests.',
    labelNames: ['method', 'status'],
    registers: this.#registers,
  });
  readonly requestSeconds = new Histogram({
    name: 'tokenfare_http_request_seconds',
    help: 'From the first byte of a request to the last of its answer.',
    buckets: [0.002, 0.01, 0.05, 0.2, 1, 5, 30, 120],
    registers: this.#registers,
  });
  readonly upstreamSeconds = new Histogram({
    name: 'tokenfare_upstream_header_seconds',
    help: 'Until a model begins to answer.',
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10, 60],
    registers: this.#registers,
  });
  readonly upstreamCalls = new Counter({
    name: 'tokenfare_upstream_calls_total',
    help: 'Calls by the service that was asked, and whether it answered.',
    labelNames: ['upstream', 'end'],
    registers: this.#registers,
  });
  readonly upstreamUp = new Gauge({
    name: 'tokenfare_upstream_up',
    help: 'Whether a service could be had when it was last asked.',
    labelNames: ['upstream'],
    registers: this.#registers,
  });
  readonly holdSeconds = new Histogram({
    name: 'tokenfare_hold_seconds',
    help: 'Until a hold is on the disk, or refused.',
    buckets: [...COMMIT_BUCKETS],
    registers: this.#registers,
  });
  readonly settleSeconds = new Histogram({
    name: 'tokenfare_settle_seconds',
    help: "Until a hold's end is on the disk.",
    buckets: [...COMMIT_BUCKETS],
    registers: this.#registers,
  });
  readonly holds = new Counter({
    name: 'tokenfare_holds_total',
    help: 'Ended holds.',
    labelNames: ['end'],
    registers: this.#registers,
  });
  readonly openHolds = new Gauge({
    name: 'tokenfare_open_holds',
    help: 'Calls that this process is carrying out.',
    registers: this.#registers,
  });
  readonly undercharged = new Counter({
    name: 'tokenfare_undercharged_millitokens_total',
    help: 'What calls would have cost beyond their holds.',
    registers: this.#registers,
  });
  readonly batch = new Histogram({
    name: 'tokenfare_commit_commands',
    help: 'Commands in one commit.',
    buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256],
    registers: this.#registers,
  });
}

/** A commit takes a fraction of a millisecond on a good disk; one that takes a second is a fault somewhere. */
const COMMIT_BUCKETS = [0.0005, 0.001, 0.002, 0.005, 0.02, 0.1, 0.5, 2];
