/** What a thread with one long task says, and hears. */

/** From the thread: news while it works, then how it ended. */
export type TaskMessage<News, Result> =
  | { readonly type: 'news'; readonly news: News }
  | { readonly type: 'result'; readonly result: Result }
  | { readonly type: 'error'; readonly error: Error };

/** To the thread: stop after this step. */
export interface StopTask {
  readonly type: 'stop';
}
