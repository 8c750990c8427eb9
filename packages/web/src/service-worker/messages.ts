/** What pages and the service worker say to each other. */
export type WorkerMessage =
  /** To a worker that waits: begin now. */
  | { kind: 'take over' }
  /** To the worker: there is time to fetch the rest of the files. */
  | { kind: 'keep all' }
  /** To a page: somebody clicked a notification. */
  | { kind: 'open'; place: string }
