import { type IssueCode, issues } from '../../messages/catalogue.ts';
import { OutsetError } from '../../messages/index.ts';

/** An error that survives the way between threads: class fields do not, so issues travel as JSON in `cause`. */
export function toPlainError(error: unknown): Error {
  if (error instanceof OutsetError) return new Error(error.message, { cause: error.toJSON() });
  return error instanceof Error ? error : new Error(String(error));
}

/** The issue that {@link toPlainError} sent, as it was; any other error as it is. */
export function issueFromThread(error: unknown): unknown {
  const cause =
    error instanceof Error ? (error.cause as { code?: unknown; details?: unknown } | undefined) : undefined;
  if (typeof cause?.code !== 'string' || !Object.hasOwn(issues, cause.code)) return error;
  return new OutsetError(cause.code as IssueCode, cause.details as never, { cause: error });
}
